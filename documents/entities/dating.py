"""Which of the dates on its first page is the date of a letter, a bill, a receipt.

Points are given to each date and the best one wins, the first of equals:

* it stands behind a word that says so (``Date:``, ``Rechnungsdatum``, ``Berlin, den``, ``le``): 4
* it lies in the first third of the text, where letters have it: 2
* little else stands on its line: 1

Where the best one could be read with day and month the other way round, there is none: a wrong date is worse
than the day of the upload. Out of the question are dates to come, days of birth, terms and periods (``due``,
``fällig``, ``bis``), and dates more than 100 years ago unless a word says so.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import regex

from documents.entities.entity import Entity

_REACH = 40  # characters before a date in which a word speaks about it
_LONE_LINE = 25  # characters that may stand beside it: a town, a weekday
_OLD = timedelta(days=36525)

_SAYS_SO = regex.compile(
    r"""(?: (?<!\p{L})(?:date[ds]?|dtd|issued|datum|den|dato|dátum|data|fecha|le|päivä\w*|tarih\w*|дата|від|от
              |kelt|dne|dnia|ημερομηνία|ngày|التاريخ|تاريخ|תאריך|दिनांक|วันที่)
        | (?:datum|dato|date|data|fecha)
        | 日期|日付|発行日|작성일|날짜|일자 ) [ \t\u00a0]*[:.：]?[ \t\u00a0]*$""",
    regex.VERBOSE | regex.IGNORECASE,
)
_SAYS_NO = regex.compile(
    r"""born|birth|\bdob\b|due|valid|expir|until|\bby\b|deadline|\bperiod|\bfrom\b|\bto\b|since
      |your\ letter|next|geb(?:\.|oren|urt)|fällig|zahlbar|gültig|\bbis\b
      |\bvom\b.{0,20}\bbis|zeitraum|\bseit\b|spätestens|\bab\b
      |\bné[e]?\b|naissance|échéance|valable|avant\ le|jusqu|\bdu\b.{0,20}\bau\b|\bdepuis
      |nacid[oa]|nacimiento|vencimiento|válid[oa]|hasta|nascid[oa]|nascimento|vencimento|até
      |nat[oa]\ il|nascita|scadenza|entro|geboren|vervaldatum|uiterlijk|\btot\b
      |urodz|termin|ważn|narozen|splatn|född|förfall|født|forfald|forfall
      |рожд|родил|срок|действител|\bдо\b|народж|生年月日|生日|出生|期限|有効|まで|생년월일|기한""",
    regex.VERBOSE | regex.IGNORECASE,
)


def document_date(text: str, entities: Iterable[Entity], *, today: date) -> date | None:
    """The date of the document whose first page says ``text``, in which ``entities`` were found."""
    best: tuple[int, Entity] | None = None
    for entity in entities:
        if entity.kind != "date":
            continue
        found = date.fromisoformat(entity.value)
        points = _points(text, entity, is_old=found < today - _OLD)
        if found <= today and points is not None and (best is None or points > best[0]):
            best = points, entity
    return date.fromisoformat(best[1].value) if best and not best[1].is_doubtful else None


def _points(text: str, entity: Entity, *, is_old: bool) -> int | None:
    """None for what is out of the question."""
    before = text[max(0, entity.start - _REACH) : entity.start].rpartition("\n")[2]
    says_so = bool(_SAYS_SO.search(before))
    if _SAYS_NO.search(before) or (is_old and not says_so):
        return None
    line_start = text.rfind("\n", 0, entity.start) + 1
    line_end = text.find("\n", entity.end)
    beside = (line_end if line_end >= 0 else len(text)) - line_start - len(entity.text)
    return 4 * says_so + 2 * (3 * entity.start < len(text)) + (beside <= _LONE_LINE)
