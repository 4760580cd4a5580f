"""Every mistake that ocrsite can name.

An error carries its consequence: a stable ``code``, one sentence for the person in front of
the screen, and whether trying again without changing anything can help. It is raised anywhere,
stored with a job as ``code`` and ``params``, and turned into words at the border only (views,
commands, API), in the language of the reader. This module knows nothing of Django.
"""

from collections.abc import Iterator
from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Mark a string for the catalogues; it is translated where it is shown."""
    return message


class OcrsiteError(Exception):
    """The root of the tree. ``params`` fill the placeholders of ``template``.

    ``file`` is the name of the file that is meant, where several came together. An outage is no fault of the
    page in hand, which waits until it is over, however long that takes.
    """

    code: ClassVar[str] = "error"
    template: ClassVar[str] = gettext_noop("Something went wrong here. Try again.")
    retryable: ClassVar[bool] = False
    is_outage: ClassVar[bool] = False
    file = ""

    def __init__(self, **params: str | float) -> None:
        self.params = params
        super().__init__(self.template % params)


# What the person sent


class InputError(OcrsiteError):
    """The file or the request cannot be used as it is; the person can mend it."""

    code = "input"


class FileMissing(InputError):
    code = "file-missing"
    template = gettext_noop("There is no file “%(name)s”. Check the path and try again.")


class FileEmpty(InputError):
    code = "file-empty"
    template = gettext_noop("This file is empty. Copy or scan it again, then send it.")


class FileTooLarge(InputError):
    code = "file-too-large"
    template = gettext_noop(
        "This file is larger than the limit of %(limit_mb)s MB. Split it or save it smaller, then send it."
    )


class UnknownType(InputError):
    code = "unknown-type"
    template = gettext_noop(
        "This file is neither an image nor a PDF that can be read here. Save it as PDF, PNG, JPEG or TIFF."
    )


class FileDamaged(InputError):
    code = "file-damaged"
    template = gettext_noop(
        "This file is damaged or cut off and cannot be opened. Copy or scan it again, then send it."
    )


class FileChanged(InputError):
    """Somebody wrote to it between two looks at it."""

    code = "file-changed"
    template = gettext_noop(
        "This file was changed while it came in. Bring it in again when nobody writes to it any more."
    )


class PageDamaged(InputError):
    code = "page-damaged"
    template = gettext_noop(
        "The picture of this page is damaged or cut off. Copy or scan it again, then send it."
    )


class PageTooComplex(InputError):
    """To draw it takes too much time or memory, or crashes what draws it."""

    code = "page-too-complex"
    template = gettext_noop(
        "This page is too complex or too broken to be drawn. Print it to a new PDF, then send that."
    )


class PasswordNeeded(InputError):
    code = "password-needed"
    template = gettext_noop("This PDF is locked with a password. Enter the password to read it.")


class PasswordAlone(InputError):
    code = "password-alone"
    template = gettext_noop(
        "This PDF is locked with a password and cannot be read together with others. "
        "Send it by itself, then enter its password."
    )


class PasswordWrong(InputError):
    code = "password-wrong"
    template = gettext_noop("That password does not open this PDF. Check it and enter it again.")


class TooManyPixels(InputError):
    code = "too-many-pixels"
    template = gettext_noop(
        "This image has %(megapixels)s megapixels; the limit is %(limit)s. Scale it down, then send it."
    )


class TooManyPages(InputError):
    code = "too-many-pages"
    template = gettext_noop(
        "This file has %(pages)s pages; the limit is %(limit)s. Split it, then send the parts."
    )


class PageMissing(InputError):
    code = "page-missing"
    template = gettext_noop("There is no page %(number)s; the file has %(pages)s.")


class NoTable(InputError):
    code = "no-table"
    template = gettext_noop("No table was found here. The words are in the other formats.")


class AlreadyHere(InputError):
    """The very same file came before, and only new ones are wanted."""

    code = "already-here"
    template = gettext_noop("The same file is here already, as “%(title)s”. It was not taken a second time.")


# The text that comes along with an image


class TextUnknown(InputError):
    """It is XML or HTML, but holds no page of text in a form that is known."""

    code = "text-unknown"
    template = gettext_noop(
        "This file is neither an image nor a PDF, nor the text of one as hOCR, ALTO or PAGE. "
        "Save it in one of these forms, then send it."
    )


class TextDamaged(InputError):
    code = "text-damaged"
    template = gettext_noop(
        "This file of text is damaged or cut off at line %(line)s. Save it again, then send it."
    )


class TextUnsafe(InputError):
    """Entities of a file's own can blow it up, or fetch other files."""

    code = "text-unsafe"
    template = gettext_noop(
        "This file of text declares entities of its own, which are not read here. Save it without them."
    )


class TextTooComplex(InputError):
    code = "text-too-complex"
    template = gettext_noop(
        "This file of text has too many parts, or too many inside each other. "
        "Save it with fewer details or fewer pages, then send it."
    )


class TextWithoutSize(InputError):
    """Its places are in inches or millimetres of a page of unknown size."""

    code = "text-without-size"
    template = gettext_noop(
        "This file of text does not say how large its page is. Save it with places in pixels, then send it."
    )


class TextAlone(InputError):
    code = "text-alone"
    template = gettext_noop(
        "This is the text of an image that did not come with it. "
        "Send both together, with the same name before the dot."
    )


class TextPagesDiffer(InputError):
    code = "text-pages-differ"
    template = gettext_noop(
        "The texts for “%(image)s” and its pages do not match: texts of pages: %(texts)s, pages: %(pages)s. "
        "Send the text of each page, in their order."
    )


class TextOfAnother(InputError):
    code = "text-of-another"
    template = gettext_noop(
        "This is the text of “%(named)s”, as it says inside, but “%(image)s” came with it. "
        "Choose its own image, or give both files the same name before the dot."
    )


class TextTwice(InputError):
    code = "text-twice"
    template = gettext_noop(
        "Another file has the text of “%(image)s” already. Send only one of the two with it."
    )


class TextMisfit(InputError):
    """The sizes are those of the page that the text is of; the image's ratio is another one."""

    code = "text-misfit"
    template = gettext_noop(
        "The text that came along is of a page of another shape (%(width)s × %(height)s). "
        "Read this page again, or upload it with its own text."
    )


# Languages


class LanguageUnknown(InputError):
    code = "language-unknown"
    template = gettext_noop(
        "“%(language)s” is not a language code. Choose one from the list, for example “eng” for English."
    )


class LanguageMissing(InputError):
    code = "language-missing"
    template = gettext_noop("%(name)s (%(language)s) is not installed. To install it: %(command)s")


class LanguageBeyond(InputError):
    """The chosen engine reads a fixed set of languages; another engine may read this one."""

    code = "language-beyond"
    template = gettext_noop(
        "The engine “%(engine)s” cannot read %(name)s (%(language)s). "
        "Choose another engine or another language."
    )


# The engine


class EngineError(OcrsiteError):
    code = "engine"


class EngineMissing(EngineError):
    code = "engine-missing"
    template = gettext_noop("Tesseract, which reads the text, is not installed. To install it: %(command)s")


class EngineNotHere(EngineMissing):
    """One that was chosen beside Tesseract, or a part that it needs."""

    code = "engine-not-here"
    template = gettext_noop("The engine “%(engine)s” cannot run here. To install it: %(command)s")


class EngineUnknown(EngineError):
    code = "engine-unknown"
    template = gettext_noop("There is no engine “%(engine)s”. Choose one of: %(engines)s.")


class EngineCrashed(EngineError):
    code = "engine-crashed"
    template = gettext_noop(
        "The engine stopped while reading this page. Try again, or scan the page at a lower resolution."
    )
    retryable = True


class EngineTimeout(EngineError):
    code = "engine-timeout"
    template = gettext_noop(
        "Reading this page took longer than %(seconds)s seconds and was stopped. "
        "Scan the page at a lower resolution, or try again."
    )


class EngineNonsense(EngineError):
    code = "engine-nonsense"
    template = gettext_noop("The engine gave an answer for this page that cannot be understood. Try again.")
    retryable = True


# The place where things are kept


class StorageError(OcrsiteError):
    code = "storage"


class StorageFull(StorageError):
    code = "storage-full"
    template = gettext_noop(
        "There is no room left on the server's disk; this file was not stored. "
        "Free some space, then send it again."
    )
    retryable = True


class StorageDown(StorageError):
    code = "storage-down"
    template = gettext_noop("The place where files are kept does not answer. Try again in a few minutes.")
    retryable = True
    is_outage = True


class OriginalMissing(StorageError):
    code = "original-missing"
    template = gettext_noop(
        "The stored file of this document cannot be found. Put it back from a backup, or upload it again."
    )


# Work


class WorkError(OcrsiteError):
    code = "work"


class NoRoom(WorkError):
    """The disk filled up while a page was being read; its document is stored."""

    code = "no-room"
    template = gettext_noop(
        "There is no room left on the server's disk to read this page. Free some space, then try again."
    )


class DrawingKilled(WorkError):
    """Something outside ended what draws pages: as a rule the system, which had no memory left."""

    code = "drawing-killed"
    template = gettext_noop(
        "The drawing of this page was ended from outside, most likely because memory ran out. Try again."
    )
    retryable = True


class CuttingEnded(WorkError):
    """A page was not cut into pieces, for want of what may be there another time."""

    code = "cutting-ended"
    template = gettext_noop(
        "There was not enough time or memory to show this page closely. Try again in a few minutes."
    )
    retryable = True


class GaveUp(WorkError):
    """The worker died on this page again and again: the page itself is the likely cause."""

    code = "gave-up"
    template = gettext_noop(
        "Reading this page was interrupted %(attempts)s times and was given up. "
        "Try again, or scan the page at a lower resolution."
    )


class QueueDown(WorkError):
    """The broker cannot be reached. What was received is safe, and is read once it can."""

    code = "queue-down"
    template = gettext_noop("The queue does not answer. Pages wait until it does.")
    retryable = True


class RunBusy(WorkError):
    code = "run-busy"
    template = gettext_noop(
        "This document is being read. Wait until it is done, or cancel the reading first."
    )


class RunUnread(WorkError):
    """It waits still, was cancelled before its first page, or all of its pages failed."""

    code = "run-unread"
    template = gettext_noop(
        "This run has no text that could be shown. Wait until it has read a page, or read the document again."
    )


# Order in the archive


class CollectionNameTaken(InputError):
    """Nothing would tell the two apart."""

    code = "collection-name-taken"
    template = gettext_noop("You belong to a collection “%(name)s” already. Choose another name.")


class NameEmpty(InputError):
    code = "name-empty"
    template = gettext_noop("A name needs at least one character that can be seen. Enter one.")


class NameTooLong(InputError):
    code = "name-too-long"
    template = gettext_noop("This name is longer than %(limit)s characters. Shorten it.")


class NoteEmpty(InputError):
    code = "note-empty"
    template = gettext_noop("The note is empty. Write something first.")


class NoteTooLong(InputError):
    code = "note-too-long"
    template = gettext_noop("This note is longer than %(limit)s characters. Shorten it, or write two.")


class PersonUnknown(InputError):
    code = "person-unknown"
    template = gettext_noop("Nobody here signs in as “%(name)s”. Ask them for their user name.")


class AlreadyMember(InputError):
    code = "already-member"
    template = gettext_noop("%(name)s is a member already. Change the role in the list.")


class LastOwner(InputError):
    code = "last-owner"
    template = gettext_noop("A collection keeps at least one owner. Make somebody else an owner first.")


class PersonalCollection(InputError):
    """Its person stays its owner, and it stays as long as they do."""

    code = "personal-collection"
    template = gettext_noop(
        "This is the personal collection of %(name)s. It cannot be deleted, and %(name)s stays its owner."
    )


class CollectionNotEmpty(InputError):
    code = "collection-not-empty"
    template = gettext_noop(
        "This collection still holds documents, perhaps in the trash. "
        "Move them or delete them for good, then delete the collection."
    )


class CollectionGone(InputError):
    """It was deleted meanwhile, or the person may not, or no longer, change what it holds."""

    code = "collection-gone"
    template = gettext_noop("You cannot put anything into this collection. Choose another one.")


class OwnerNeeded(InputError):
    """An account cannot be deleted while documents would belong to nobody then."""

    code = "owner-needed"
    template = gettext_noop(
        "“%(name)s” would be left without an owner. Make somebody else an owner of it first, "
        "or only take the right to sign in from the account."
    )


class DocumentsNeedPlace(InputError):
    """The personal collection of an account that is to be deleted holds documents, perhaps in the trash."""

    code = "documents-need-place"
    template = gettext_noop(
        "“%(name)s”, a personal collection, still holds documents. Move them to another one or delete them "
        "for good first, or only take the right to sign in from the account."
    )


class DateImplausible(InputError):
    """A slip of the finger: no paper is of the year 1, or of 9999."""

    code = "date-implausible"
    template = gettext_noop(
        "The date of a document lies between the years %(first)s and %(last)s. Enter one of those."
    )


class TooManyTags(InputError):
    code = "too-many-tags"
    template = gettext_noop("These are %(tags)s tags; add at most %(limit)s at once.")


class TagTaken(InputError):
    """Another tag has the name; who insists makes the two one."""

    code = "tag-taken"
    template = gettext_noop("There is a tag “%(name)s” already. Choose another name, or make the two one.")


class Gone(InputError):
    """What was to be changed is not there any more: somebody else was quicker."""

    code = "gone"
    template = gettext_noop("This was removed meanwhile. Open the page again to see what is there now.")


# Finding


class SearchNameTaken(InputError):
    code = "search-name-taken"
    template = gettext_noop("You have another saved search called “%(name)s”. Choose another name.")


class NothingToLookFor(InputError):
    code = "nothing-to-look-for"
    template = gettext_noop("This has no word and no number to look for, so it cannot be saved as a search.")


# Many documents at once, and the trash


class NothingChosen(InputError):
    code = "nothing-chosen"
    template = gettext_noop("No document was chosen. Tick those that you mean, then try again.")


class QuestionUnclear(InputError):
    """It finds more than was asked for: a part of it was left out."""

    code = "question-unclear"
    template = gettext_noop(
        "A part of this search could not be understood, so more would be changed than you asked for. "
        "Mend the search, then try again."
    )


class PlaceholderUnknown(InputError):
    code = "placeholder-unknown"
    template = gettext_noop("“{%(name)s}” is not known here. You can use {title}, {date} and {number}.")


class TitlesUnchanged(InputError):
    code = "titles-unchanged"
    template = gettext_noop(
        "This would leave every title as it is. Write something beside {title}, or what is to be replaced."
    )


class NoRight(WorkError):
    """The person may not change the document, or not see it any more."""

    code = "no-right"
    template = gettext_noop("You may not change this.")


class InTrash(WorkError):
    code = "in-trash"
    template = gettext_noop("This document is in the trash. Take it out first.")


class NotInTrash(WorkError):
    code = "not-in-trash"
    template = gettext_noop("This document is not in the trash any more.")


class ChangedMeanwhile(WorkError):
    """Undoing would undo what somebody else did since."""

    code = "changed-meanwhile"
    template = gettext_noop("This document was changed again since then, so it was left as it is.")


class BulkGaveUp(WorkError):
    """Workers died, or the database failed, on the same document again and again."""

    code = "bulk-gave-up"
    template = gettext_noop(
        "Work on this was interrupted several times, so it was left as it was. "
        "Try again later, or with fewer documents at once."
    )


class NotUndoable(WorkError):
    code = "not-undoable"
    template = gettext_noop("This cannot be undone, or not any more.")


class NoRoomToPack(WorkError):
    """The disk filled up while a download was being packed."""

    code = "no-room-to-pack"
    template = gettext_noop(
        "There is no room left on the server's disk to pack this download. "
        "Free some space or choose fewer documents, then try again."
    )


class DownloadOutdated(WorkError):
    """What was packed holds a document that nobody can have any more."""

    code = "download-outdated"
    template = gettext_noop(
        "A document in this download was deleted for good, so the download was deleted, too. "
        "Tick the others again to pack them anew."
    )


class PdfBusy(WorkError):
    """As many PDFs are being made in this process as it can make at once."""

    code = "pdf-busy"
    template = gettext_noop("Other PDFs are being made just now. Try again in a minute.")
    retryable = True


class RecognitionBusy(WorkError):
    """As many images as may be are being read for programs that wait."""

    code = "recognition-busy"
    template = gettext_noop("Other images are being read just now. Try again in %(seconds)s seconds.")
    retryable = True


class PdfTakesLong(WorkError):
    """A PDF of so many pages is not made while somebody waits."""

    code = "pdf-takes-long"
    template = gettext_noop("This document has many pages: its PDF is packed in the background.")


class PdfFailed(WorkError):
    """Making it takes too much time or memory, or crashes what makes it."""

    code = "pdf-failed"
    template = gettext_noop(
        "A PDF with text cannot be made of this document: it is too large or too broken. "
        "Download its text and the original file instead."
    )


# Correcting a text


class OperationUnclear(InputError):
    """The data of a change are not of their form: ``part`` of the change ``number``, from 1."""

    code = "operation-unclear"
    template = gettext_noop(
        "Change %(number)s could not be understood (%(part)s). Open the page again, then repeat it."
    )


class TooManyOperations(InputError):
    code = "too-many-operations"
    template = gettext_noop("These are more than %(limit)s changes at once. Save them in parts.")


class RequestUnclear(InputError):
    """What a script sent is not of its form."""

    code = "request-unclear"
    template = gettext_noop("This could not be understood. Open the page again, then repeat it.")


class RequestTooLarge(InputError):
    code = "request-too-large"
    template = gettext_noop("This is too much to be saved at once. Save it in parts.")


class PlaceMissing(InputError):
    """A change names a line, a word or a letter that the page does not have."""

    code = "place-missing"
    template = gettext_noop(
        "There is no such line or word on this page. Open the page again to see what is there now."
    )


class RegionMissing(InputError):
    """The part of the page that was drawn does not lie on it as it is now."""

    code = "region-missing"
    template = gettext_noop("This part does not lie on the page, or is too small. Draw it again.")


class RegionUnread(WorkError):
    code = "region-unread"
    template = gettext_noop("This part of the page was not read. Read it again first.")


class CleaningUnread(WorkError):
    """It is being tried still, or could not be."""

    code = "cleaning-unread"
    template = gettext_noop(
        "The page was not read with this cleaning. Wait until that is done, or try the cleanings again."
    )


class PageUnread(WorkError):
    """There is no text that could be changed."""

    code = "page-unread"
    template = gettext_noop("This page has no text yet. Wait until it is read, or read it again.")


class WordTooLong(InputError):
    code = "word-too-long"
    template = gettext_noop("This word is longer than %(limit)s characters. Shorten it, or split it.")


class LineTooLong(InputError):
    code = "line-too-long"
    template = gettext_noop("This line is longer than %(limit)s characters. Make it several lines.")


class PageTooFull(InputError):
    code = "page-too-full"
    template = gettext_noop("A page holds at most %(limit)s words. Delete some first.")


class TooManyKnownWords(InputError):
    code = "too-many-known-words"
    template = gettext_noop("Your word list holds at most %(limit)s words. Take some out first.")


class PageChanged(WorkError):
    """By ``name``, ``at`` a time (ISO 8601), both empty after a new reading; ``current`` is what it shows."""

    code = "page-changed"
    template = gettext_noop(
        "This page was changed meanwhile, so your change was not saved. Look at the new text first."
    )


# The same paper twice


class OwnVersion(InputError):
    """It would come before and after itself."""

    code = "own-version"
    template = gettext_noop(
        "The other document is a newer version of this one already. Open it to see all versions."
    )


# Programs, and how they ask


class ApiError(OcrsiteError):
    """A program asked in a way that the API does not take. Nothing was done."""

    code = "api"


class RequestMalformed(ApiError):
    """It is no HTTP that can be understood: a body that is no JSON, a form that is cut off, a wrong host."""

    code = "request-malformed"
    template = gettext_noop("The request could not be read. Check its headers and the form of its body.")


class TokenMissing(ApiError):
    code = "token-missing"
    template = gettext_noop("Nobody is signed in here. Send a token: “Authorization: Bearer TOKEN”.")


class TokenInvalid(ApiError):
    """It never was one, or it was revoked, or its time is over, or its person may not sign in."""

    code = "token-invalid"
    template = gettext_noop("This token does not open anything, or not any more. Make a new one.")


class ScopeMissing(ApiError):
    code = "scope-missing"
    template = gettext_noop("This token may only read. Make one that may write.")


class TokenBeyond(ApiError):
    """A token was to make one that may more, or lasts longer, than it does itself."""

    code = "token-beyond"
    template = gettext_noop(
        "A token makes none that may more, or lasts longer, than it does. Make this one in the browser."
    )


class CsrfMissing(ApiError):
    """A browser's session is not enough for a change: another site could have sent it."""

    code = "csrf-missing"
    template = gettext_noop("A browser that is signed in has to send its CSRF token for this.")


class NotFound(ApiError):
    """Or the user may not see it, so that nobody learns what exists."""

    code = "not-found"
    template = gettext_noop("There is nothing here, or nothing that you may see.")


class MethodNotAllowed(ApiError):
    code = "method-not-allowed"
    template = gettext_noop("This address does not take %(method)s. It takes: %(methods)s.")


class NotAcceptable(ApiError):
    code = "not-acceptable"
    template = gettext_noop("This can be had as %(types)s only. Name that, or */*, in the header Accept.")


class LengthRequired(ApiError):
    """A body that comes in chunks of unknown number is not read."""

    code = "length-required"
    template = gettext_noop("Say how long the body is, in the header Content-Length.")


class MediaTypeUnsupported(ApiError):
    code = "media-type-unsupported"
    template = gettext_noop("This address takes %(types)s only. Say so in the header Content-Type.")


class FieldsInvalid(ApiError):
    """What is wrong with each field stands beside the sentence."""

    code = "fields-invalid"
    template = gettext_noop("Some of what was sent is not as it has to be. See “errors”.")


class CursorInvalid(ApiError):
    code = "cursor-invalid"
    template = gettext_noop("This cursor is none, or one of another list. Begin without one.")


class PreconditionFailed(ApiError):
    code = "precondition-failed"
    template = gettext_noop("This was changed since you read it. Read it again, then repeat your change.")


class KeyReused(ApiError):
    code = "key-reused"
    template = gettext_noop("Another request had this Idempotency-Key already. Send this one with a new key.")


class KeyBusy(ApiError):
    code = "key-busy"
    template = gettext_noop("The first request with this Idempotency-Key is still worked at. Try again.")
    retryable = True


class RangeUnsatisfiable(ApiError):
    code = "range-unsatisfiable"
    template = gettext_noop("The file ends before the range that was asked for: it has %(size)s bytes.")


class TooManyRequests(ApiError):
    code = "too-many-requests"
    template = gettext_noop("These are more than %(limit)s requests in a minute. Wait %(seconds)s seconds.")
    retryable = True


class TooManyTokens(InputError):
    code = "too-many-tokens"
    template = gettext_noop("You have %(limit)s tokens already. Revoke some first.")


# Errors by their codes


def by_code(code: str) -> type[OcrsiteError]:
    """The error of that code; OcrsiteError where there is none (any more)."""
    return _BY_CODE.get(code, OcrsiteError)


def all_errors() -> list[type[OcrsiteError]]:
    """The root first, each group before what is in it."""
    return list(_BY_CODE.values())


def _family(error: type[OcrsiteError]) -> Iterator[type[OcrsiteError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)


_BY_CODE = {error.code: error for error in _family(OcrsiteError)}
