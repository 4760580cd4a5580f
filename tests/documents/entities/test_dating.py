"""Letters, bills and receipts as people send them; the date that somebody would file them under."""

from datetime import date

import pytest

from documents.entities import document_date, find_entities

_TODAY = date(2026, 11, 20)


def dated(text: str, language: str) -> str | None:
    found = document_date(text, find_entities(text, [language]), today=_TODAY)
    return found.isoformat() if found else None


_BODY = "\nwe thank you for your order and send the goods as agreed.\n" * 6


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # letters
        ("deu", f"Anna Muster\nBerlin, den 12.03.2024\n\nIhr Schreiben vom 1.3.2024{_BODY}", "2024-03-12"),
        ("deu", f"Köln, 5. Mai 2023\n\nSehr geehrte Frau Muster,\ngeboren am 1.2.1970{_BODY}", "2023-05-05"),
        ("eng", f"14 June 2022\n\nDear Ms Doe,\nDate of birth: 03/04/1980{_BODY}", "2022-06-14"),
        ("eng", f"Acme Ltd\nJune 14, 2022\nThe lease ends on 1 July 2025.{_BODY}", "2022-06-14"),
        ("fra", f"Paris, le 1er avril 2021\n\nMadame,\nné le 3 mai 1966{_BODY}", "2021-04-01"),
        ("fra", f"Objet : bail du 3 mai 2019 au 2 mai 2022\nLyon, le 12/03/2024{_BODY}", "2024-03-12"),
        ("ita", f"Roma, 12 gennaio 2024\nOggetto: contratto del 3 marzo 2020{_BODY}", "2024-01-12"),
        ("spa", f"Madrid, 12 de marzo de 2024\nVencimiento: 30/04/2024{_BODY}", "2024-03-12"),
        ("por", f"Lisboa, 3 de abril de 2024\nválido até 3 de maio de 2024{_BODY}", "2024-04-03"),
        ("nld", f"Utrecht, 12 maart 2024\ngeboren 1 mei 1950{_BODY}", "2024-03-12"),
        ("pol", f"Warszawa, dnia 12 marca 2024 r.\nur. / urodz. 01.02.1980{_BODY}", "2024-03-12"),
        ("ces", f"V Praze dne 12. března 2024\nsplatnost 30.4.2024{_BODY}", "2024-03-12"),
        ("rus", f"12 марта 2024 г.\nдата рождения 01.02.1980{_BODY}", "2024-03-12"),
        ("swe", f"Malmö den 12 mars 2024\nförfallodag 2024-04-11{_BODY}", "2024-03-12"),
        ("tur", f"Tarih: 12.03.2024\n{_BODY}", "2024-03-12"),
        ("ell", f"Αθήνα, 12 Μαρτίου 2024\n{_BODY}", "2024-03-12"),
        ("jpn", f"2024年3月12日\n有効期限 2025年3月31日{_BODY}", "2024-03-12"),
        ("chi_sim", f"日期：2024年3月12日\n出生 1980年1月1日{_BODY}", "2024-03-12"),
        ("kor", f"작성일: 2024년 3월 12일\n{_BODY}", "2024-03-12"),
        # bills: the label counts for more than the place
        ("deu", f"Lieferung 1.3.2024{_BODY}Rechnungsdatum: 12.03.2024\nzahlbar bis 26.03.2024", "2024-03-12"),
        ("eng", f"Order 1 March 2024{_BODY}Invoice date 12/03/2024 £12.00\nDue 26/03/2024", "2024-03-12"),
        ("fra", f"Date de facture : 12/03/2024\nÉchéance : 11/04/2024{_BODY}", "2024-03-12"),
        ("deu", f"Leistungszeitraum 01.01.2024 bis 31.01.2024\nDatum 02.02.2024{_BODY}", "2024-02-02"),
        # receipts: at the foot, with the time
        ("eng", f"CORNER SHOP{_BODY}TOTAL 12.50\n25/12/2018 16:20", "2018-12-25"),
        ("deu", f"Bäckerei{_BODY}Summe EUR 3,20\n24.12.23 08:15 Bon 4711", "2023-12-24"),
        ("eng", f"Date: 25/12/2018 Time: 16:20\nOpen since 1/2/1990{_BODY}", "2018-12-25"),
        # old papers
        ("eng", f"London, dated 12 March 1891{_BODY}", "1891-03-12"),
        # either way, and what tells
        ("eng", f"Date: 12/03/2018{_BODY}TOTAL RM 5.60", "2018-03-12"),
        ("eng", f"Date: 12/03/2018{_BODY}TOTAL USD 5.60", "2018-12-03"),
        ("eng", f"Date: 12/03/2018{_BODY}TOTAL $5.60", None),
        ("eng", f"Date: 12/03/2018{_BODY}TOTAL 5.60", None),
        ("eng", f"Date: 12/03/2018{_BODY}Thank you, 12 March 2018", "2018-03-12"),
        # none
        ("eng", f"Dear all,{_BODY}", None),
        ("eng", f"Valid until 12 March 2024{_BODY}", None),
        ("deu", f"geb. 12.03.1984{_BODY}", None),
        ("eng", f"The concert is on 12 March 2031{_BODY}", None),
        ("eng", f"Battle of 12 March 1891{_BODY}", None),
    ],
)
def test_the_date_of_a_paper_is_found(language: str, text: str, expected: str | None) -> None:
    assert dated(text, language) == expected


def test_today_counts_and_tomorrow_does_not() -> None:
    assert dated("20 November 2026", "eng") == "2026-11-20"
    assert dated("21 November 2026", "eng") is None
