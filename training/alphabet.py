"""The letters that the model knows, by what they are used for. All in NFC.

Letters that look the same as others in print (ɡ and g, ǃ and !) are left out, unless the script of the word
tells them apart, as Latin Ə from Cyrillic Ә.
"""

import unicodedata
from itertools import product


def _span(first: str, last: str, *, but: str = "") -> str:
    return "".join(letter for letter in map(chr, range(ord(first), ord(last) + 1)) if letter not in but)


ASCII = _span("!", "~")
SIGNS = "¡¿«»°§©®±²³¶·¼½¾×÷£¥¢–—…„“”‘’‚•€№†‡‹›™µªº⁄′″"

LATIN_1 = _span("À", "ÿ", but="×÷")
EXTENDED_A = _span("Ā", "ž", but="ŉ")
# Of Latin Extended-B what alphabets have: African ones, Azerbaijani, Romanian, Sami, Vietnamese, Pinyin,
# Kazakh and Tatar before 1940, Livonian, Native American ones.
EXTENDED_B = (
    "ƀƁƂƃƆƇƈƉƊƋƌƎƏƐƑƒƓƔƖƗƘƙƝƞƠơƤƥƩƬƭƮƯưƱƲƳƴƵƶƷǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǝǢǣǤǥǦǧǨǩǪǫǬǭǮǯǴǵǸǹǺǻǼǽǾǿȘșȚțȜȝȞȟ"
    "ȢȣȤȥȦȧȨȩȪȫȬȭȮȯȰȱȲȳȺȻȼɃɄɆɇɌɍɎɏ"
)
ADDITIONAL = (
    "ḂḃḄḅḆḇḊḋḌḍḎḏḐḑḒḓḞḟḠḡḢḣḤḥḦḧḨḩḪḫḬḭḰḱḲḳḴḵḶḷḸḹḺḻḼḽḾḿṀṁṂṃṄṅṆṇṈṉṊṋṔṕṖṗṘṙṚṛṜṝṞṟṠṡṢṣṪṫṬṭṮṯṰṱṼṽṾṿẀẁẂẃẄẅẆẇẈẉẊẋẌẍẎẏẐẑẒẓẔẕẖẗẞ"
    "ḔḕḖḗṐṑṒṓ"
)
VIETNAMESE = _span("Ạ", "ỹ")
AFRICAN = "ɓɔɖɗəɛɠɣɨɩɲʃʉʊʋʒⱭⱮⱤⱢⱧⱨⱩⱪⱫⱬꞋꞌꞪ"
PHONETIC = "ɐɑɒɕɘɚɜɟɢɤɥɦɪɬɭɮɯɰɱɳɴɵɶɸɹɺɻɽɾʀʁʂʄʈʌʍʎʏʐʑʔʕʙʛʜʝʟʡʢʰʷʲˠˤˈˌː"
# Vowels of Ewe, Yoruba, Fon, Dinka, ... with a tone mark for which Unicode has no letter.
_TONES = "\u0300\u0301\u0302\u0303\u030c\u0308"
TONED = [
    letter
    for vowel, tone in product("ɛɔəƐƆƏẹọẸỌɨɩʊ", _TONES)
    if len(letter := unicodedata.normalize("NFC", vowel + tone)) == 2
]

RUSSIAN = _span("А", "я") + "Ёё"
# Slavic, Caucasian, Turkic, Finno-Ugric, Mongolic, Siberian.
CYRILLIC = (
    _span("Ѐ", "Џ", but="Ё")
    + _span("ѐ", "џ", but="ё")
    + _span("Ґ", "ӹ", but="ӅӆӉӊӍӎ")
    + "ӅӆӉӊӍӎӺӻӼӽӾӿԐԑԒԓԚԛԜԝԞԟԠԡԢԣԤԥԦԧԮԯ"
)
CHURCH_SLAVONIC = "ѠѡѢѣѤѥѦѧѨѩѪѫѬѭѮѯѰѱѲѳѴѵѶѷѸѹѺѻѾѿҀҁꙊꙋꙖꙗꙀꙁ"

LATIN_EXTENDED = "".join(
    dict.fromkeys(LATIN_1 + EXTENDED_A + EXTENDED_B + ADDITIONAL + VIETNAMESE + AFRICAN + PHONETIC)
)
CYRILLIC_EXTENDED = "".join(dict.fromkeys(CYRILLIC + CHURCH_SLAVONIC))
# What Tesseract calls a unichar: a letter, or a letter with its marks.
UNICHARS = list(dict.fromkeys([*ASCII, *SIGNS, *LATIN_EXTENDED, *TONED, *RUSSIAN, *CYRILLIC_EXTENDED]))
_LETTERS = frozenset(unichar for unichar in UNICHARS if len(unichar) == 1) | {" "}
_TONED = frozenset(TONED)


def in_alphabet(text: str) -> bool:
    """Whether the model knows each letter of ``text``, which is in NFC."""
    before = ("", *text)
    return all(
        before[at] + letter in _TONED if unicodedata.combining(letter) else letter in _LETTERS
        for at, letter in enumerate(text)
    )
