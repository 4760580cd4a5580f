"""``/words/``: names and terms that are right for the person, however unsure an engine was of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.errors import OcrsiteError
from documents.selectors.correcting import known_words_from
from documents.services.known_words import add_known_word, remove_known_word
from documents.views.access import SignedInRequest
from documents.views.answers import changes, refusals_to_messages
from documents.words import explain_error


@require_http_methods(["GET", "HEAD", "POST"])
def known_words(request: SignedInRequest) -> HttpResponse:
    """The list, from ``?from=`` on; takes another ``word``, which a script gets back as the list has it."""
    if request.method == "POST":
        return _add(request)
    words, following = known_words_from(request.user, request.GET.get("from", ""))
    context = {"words": words, "next": following, "is_start": "from" not in request.GET}
    return render(request, "documents/known_words.html", context)


def _add(request: SignedInRequest) -> HttpResponse:
    is_script = "application/json" in request.headers.get("Accept", "")
    try:
        known = add_known_word(user=request.user, word=request.POST.get("word", ""))
    except OcrsiteError as error:
        if is_script:
            return JsonResponse({"code": error.code, "message": explain_error(error)}, status=422)
        messages.error(request, explain_error(error))
        return redirect("known_words")
    if is_script:
        return JsonResponse({"word": known.word})
    messages.success(request, _("“%(word)s” is on your word list.") % {"word": known.word})
    return redirect("known_words")


def _to_list(_request: HttpRequest) -> HttpResponse:
    return redirect("known_words")


@changes(otherwise=_to_list)
def remove(request: SignedInRequest) -> HttpResponse:
    """Takes ``word`` off the list."""
    with refusals_to_messages(request):
        word = request.POST.get("word", "")
        remove_known_word(user=request.user, word=word)
        messages.success(request, _("“%(word)s” is off your word list.") % {"word": word})
    return redirect("known_words")
