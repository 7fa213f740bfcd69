"""Noun phrases beside the person that they name: (name, office, country)."""

from __future__ import annotations

import datetime as dt

import pytest

from bilaterals.corpus import read_text
from bilaterals.extract.pipeline import read
from tests.extract.cases import same_office

Person = tuple[str, str | None, str | None]

FORMS: list[tuple[str, Person]] = [
    # state, office, name
    ("Chinese Foreign Minister Wang Yi", ("Wang Yi", "Foreign Minister", "CHN")),
    ("French President Anne Durand", ("Anne Durand", "President", "FRA")),
    ("Japanese Minister for Foreign Affairs Takeshi Iwaya",
     ("Takeshi Iwaya", "Minister for Foreign Affairs", "JPN")),
    ("Indian External Affairs Minister Arun Bhatt", ("Arun Bhatt", "External Affairs Minister", "IND")),
    ("New Zealand Prime Minister Hannah Doyle", ("Hannah Doyle", "Prime Minister", "NZL")),
    ("South Korean Trade Minister Seo Min-jun", ("Seo Min-jun", "Trade Minister", "KOR")),
    ("US Secretary of State Martha Crane", ("Martha Crane", "Secretary of State", "USA")),
    ("U.S. Deputy Secretary of State Paul Reed", ("Paul Reed", "Deputy Secretary of State", "USA")),
    ("German Chancellor Karl Brandt", ("Karl Brandt", "Chancellor", "DEU")),
    ("Irish Taoiseach Aoife Brennan", ("Aoife Brennan", "Taoiseach", "IRL")),
    ("Chinese Vice Premier Zhao Lin", ("Zhao Lin", "Vice Premier", "CHN")),
    ("Laotian Deputy Prime Minister Khamla Sisavad", ("Khamla Sisavad", "Deputy Prime Minister", "LAO")),
    ("Mongolian PM Battulga Sukh", ("Battulga Sukh", "PM", "MNG")),
    ("China's Foreign Minister Wang Yi", ("Wang Yi", "Foreign Minister", "CHN")),
    ("Kenya's President Daniel Wekesa", ("Daniel Wekesa", "President", "KEN")),
    # office, name, state
    ("President Ivo Kos of Croatia", ("Ivo Kos", "President", "HRV")),
    ("Prime Minister Paul Roux of France", ("Paul Roux", "Prime Minister", "FRA")),
    ("Foreign Minister Li Wei of the People's Republic of China", ("Li Wei", "Foreign Minister", "CHN")),
    ("Defence Minister Kadri Tamm of Estonia", ("Kadri Tamm", "Defence Minister", "EST")),
    ("Ambassador Li Wei of China", ("Li Wei", "Ambassador", "CHN")),
    # office, state, name
    ("Prime Minister of Denmark Lena Holm", ("Lena Holm", "Prime Minister", "DNK")),
    ("Minister of Foreign Affairs of Ghana Ama Osei", ("Ama Osei", "Minister of Foreign Affairs", "GHA")),
    ("President of the Republic of Zambia Moses Banda", ("Moses Banda", "President", "ZMB")),
    # name, office
    ("Takeshi Iwaya, Japanese minister for foreign affairs",
     ("Takeshi Iwaya", "minister for foreign affairs", "JPN")),
    ("Lena Holm, Prime Minister of Denmark", ("Lena Holm", "Prime Minister", "DNK")),
    ("Rui Moreira, the foreign minister of Brazil", ("Rui Moreira", "foreign minister", "BRA")),
    ("Birna Jonsdottir, Iceland's foreign minister", ("Birna Jonsdottir", "foreign minister", "ISL")),
    ("Zhao Lin, vice foreign minister of China", ("Zhao Lin", "vice foreign minister", "CHN")),
    # honorifics stay outside
    ("H.E. Mr. Wang Yi, Minister of Foreign Affairs of the People's Republic of China",
     ("Wang Yi", "Minister of Foreign Affairs", "CHN")),
    ("H.E. Mrs. Lena Holm, Prime Minister of the Kingdom of Denmark", ("Lena Holm", "Prime Minister", "DNK")),
    ("Mr. HAYASHI Yoshimasa, Minister for Foreign Affairs of Japan",
     ("HAYASHI Yoshimasa", "Minister for Foreign Affairs", "JPN")),
    ("Dr. Karl Brandt, Foreign Minister of Austria", ("Karl Brandt", "Foreign Minister", "AUT")),
    ("His Excellency Peter Deng, President of South Sudan", ("Peter Deng", "President", "SSD")),
    # letters of other alphabets of Europe, particles, hyphens
    ("Spanish Foreign Minister José Álvarez de la Peña",
     ("José Álvarez de la Peña", "Foreign Minister", "ESP")),
    ("Turkish Foreign Minister Çağrı Öztürk", ("Çağrı Öztürk", "Foreign Minister", "TUR")),
    ("Dutch Prime Minister Lars de Wit", ("Lars de Wit", "Prime Minister", "NLD")),
    ("Saudi Foreign Minister Faisal bin Nasser", ("Faisal bin Nasser", "Foreign Minister", "SAU")),
    ("Omani Foreign Minister Yusuf al-Balushi", ("Yusuf al-Balushi", "Foreign Minister", "OMN")),
    # names that are places
    ("Norwegian Foreign Minister Erik Lund", ("Erik Lund", "Foreign Minister", "NOR")),
    ("Foreign Minister Erik Lund of Norway", ("Erik Lund", "Foreign Minister", "NOR")),
    ("Angolan Foreign Minister Tomas Lima", ("Tomas Lima", "Foreign Minister", "AGO")),
    ("Canadian Foreign Minister Jack London", ("Jack London", "Foreign Minister", "CAN")),
    # ambassadors: the sender, not the receiver
    ("Japanese Ambassador to Fiji Ken Morita", ("Ken Morita", "Ambassador to Fiji", "JPN")),
    ("Ambassador of Malta to China Andre Vella", ("Andre Vella", None, "MLT")),
    ("Ken Morita, Japan's ambassador to Peru", ("Ken Morita", "ambassador to Peru", "JPN")),
    # several offices
    ("Deputy Prime Minister and Minister of Foreign Affairs Marc Weber of Luxembourg",
     ("Marc Weber", "Deputy Prime Minister and Minister of Foreign Affairs", "LUX")),
    # offices of longer names
    ("Moroccan Minister of Trade Karim Ziani", ("Karim Ziani", "Minister of Trade", "MAR")),
    ("Karim Ziani, the Moroccan minister of trade", ("Karim Ziani", "minister of trade", "MAR")),
    ("Ana Pereira, Portuguese minister for the economy", ("Ana Pereira", "minister for the economy", "PRT")),
    ("Egyptian Minister of Water Resources and Irrigation Hany Fouad",
     ("Hany Fouad", "Minister of Water Resources and Irrigation", "EGY")),
]  # fmt: skip


def people_of(text: str) -> list[tuple[str, str, str | None]]:
    reading = read(read_text(text, published=dt.date(2024, 12, 26)))
    return [(person.name, person.office or "", person.state) for person in reading.cast.entities]


@pytest.mark.parametrize(("phrase", "person"), FORMS, ids=[phrase for phrase, _ in FORMS])
def test_a_phrase_names_one_person(phrase: str, person: Person) -> None:
    (found,) = people_of(f"At the end they thanked {phrase}.")
    name, office, state = person
    assert (found[0], found[2]) == (name, state)
    assert office is None or same_office(office, found[1]), found[1]


# a text, and the people in it: short forms find their person, and nobody is there twice
TEXTS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "Polish Foreign Minister Jan Kowalewski came late. Kowalewski spoke first.",
        [("Jan Kowalewski", "POL")],
    ),
    (
        "Foreign Minister Yoshimasa Hayashi of Japan came. Hayashi Yoshimasa spoke.",
        [("Yoshimasa Hayashi", "JPN")],
    ),
    ("Chinese Foreign Minister Wang Yi came. Mr. Wang spoke. Minister Wang left.", [("Wang Yi", "CHN")]),
    (
        "Chinese President Xi Jinping met with his Serbian counterpart Aleksandar Vucic.",
        [("Xi Jinping", "CHN"), ("Aleksandar Vucic", "SRB")],
    ),
    (
        "Foreign Ministers Nurlan Asanov of Kyrgyzstan and Rustam Sharipov of Tajikistan met.",
        [("Nurlan Asanov", "KGZ"), ("Rustam Sharipov", "TJK")],
    ),
    (
        "Danish Foreign Minister Kirsten Bach met Namibian Foreign Minister Selma Nangolo. Nangolo spoke.",
        [("Kirsten Bach", "DNK"), ("Selma Nangolo", "NAM")],
    ),
    # one family name in two states: each keeps its own
    (
        "South Korean President Kim Do-yun and North Korean President Kim Sung-ho met.",
        [("Kim Do-yun", "KOR"), ("Kim Sung-ho", "PRK")],
    ),
]


@pytest.mark.parametrize(("text", "people"), TEXTS, ids=[text[:40] for text, _ in TEXTS])
def test_a_text_has_these_people(text: str, people: list[tuple[str, str]]) -> None:
    assert [(name, state) for name, _, state in people_of(text)] == people


def test_a_family_name_that_two_people_bear_resolves_to_neither() -> None:
    text = "Spanish Minister Ana Ruiz came. Chilean Minister Pablo Ruiz came. Ruiz of the press came as well."
    reading = read(read_text(text, published=dt.date(2024, 12, 26)))
    last = text.rindex("Ruiz")
    tokens = reading.tokens
    linked = [
        mention
        for clause in reading.clauses
        for item in clause.items
        if (mention := item.mention) and mention.entity >= 0 and tokens.starts[item.first] == last
    ]
    assert linked == []


def test_a_bare_title_resolves_by_the_day() -> None:
    def state_of(text: str, year: int) -> str | None:
        people = read(read_text(text, published=dt.date(year, 6, 1))).cast.entities
        return people[0].state if people else None

    assert state_of("President Xi spoke at length.", 2024) == "CHN"
    assert state_of("Foreign Minister Hayashi spoke at length.", 2022) == "JPN"
    assert state_of("President Xi spoke at length.", 1985) is None
