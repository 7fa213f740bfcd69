"""Agreements: named or counted instruments and announced deals of two states, with their fields in the text's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bilaterals.extract import scope
from bilaterals.extract.candidates import Candidate, Date, DomainWords, Evidence
from bilaterals.extract.clauses import Clause, Reading, actors_at, code_class, positions, subject_before
from bilaterals.extract.domains import domains_in
from bilaterals.extract.parties import Group, Memory, group_of, joint_parties
from bilaterals.extract.rounds import ordinal

NUMBERS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(),
        1,
    )
}
DOZEN = {"dozen": 12, "a dozen": 12}
VERB_REACH = 14
MANY_STATES = ("convention", "conventions", "charter", "protocol", "protocols")
MODIFIERS = frozenset("xINCJYm#T'&DaEebQLKh$-")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/agreements.toml`."""

    kinds: dict[str, str]
    generic: frozenset[str]
    tail: re.Pattern[str]
    not_fields: frozenset[str]
    kept: tuple[str, ...]
    not_deals: tuple[str, ...]


@cache
def words() -> Words:
    """The word lists, read once."""
    table = tomllib.loads((Path(__file__).parent / "rules" / "agreements.toml").read_text(encoding="utf-8"))
    kinds: dict[str, str] = {}
    for row in table["kind"]:
        for word in row["words"]:
            kinds.setdefault(word, row["instrument"])
    tails = "|".join(sorted(map(re.escape, table["tails"]["words"]), key=len, reverse=True))
    return Words(
        kinds, frozenset(table["generic"]["words"]), re.compile(rf"^\W*(?:{tails})\s+", re.IGNORECASE),
        frozenset(table["not_fields"]["words"]), tuple(table["not_fields"]["keep"]), tuple(table["not_deals"]["words"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instrument:
    """One noun phrase of an instrument: items from its first modifier to its head, and what follows it."""

    first: int
    head: int
    word: str
    kind: str
    count: int | None
    is_named: bool
    is_plural: bool


def find_agreements(reading: Reading, clause: Clause, memory: Memory) -> Iterator[Candidate]:
    """Every instrument of two states that one sentence tells of."""
    if clause.is_title:
        return
    instruments = code_class("instrument")
    done = -1
    for head in positions(clause.codes, instruments):
        if head <= done:
            continue
        instrument = _instrument(reading, clause, _real_head(clause, head))
        if _anaphoric(reading, clause, instrument):
            continue
        made = _agreement(reading, clause, memory, instrument)
        if made is not None:
            done = head if instrument.is_plural else _swallowed(clause, head)
            yield from _by_pair(*made, instrument)


def _by_pair(made: Candidate, first: str, instrument: Instrument) -> Iterator[Candidate]:
    """Agreements that one state signs with two others are one record a pair; one instrument of three stays one."""
    if len(made.countries) == 3 and instrument.is_plural:
        for other in made.countries:
            if other != first:
                yield replace(made, countries=tuple(sorted((first, other))), evidence=list(made.evidence))
        return
    yield made


def _real_head(clause: Clause, head: int) -> int:
    """ "Agreement on a mutual defence treaty": the treaty is the instrument."""
    found = re.match(
        "[no]T?[xIa]{0,4}(?P<head>[%s])" % re.escape("".join(sorted(code_class("instrument")))),
        clause.codes[head + 1 :],
    )
    return (
        head + 1 + found.start("head") if found and clause.codes[head] in code_class("instrument") else head
    )


def _anaphoric(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    """ "The agreement", "this deal": a mention of something told before."""
    if instrument.first != instrument.head or instrument.head == 0 or instrument.is_named:
        return False
    before = reading.words(clause.items[instrument.head - 1].first, clause.items[instrument.head - 1].last)
    after = clause.codes[instrument.head + 1 : instrument.head + 2]
    if (
        before == "the"
        and after == "x"
        and reading.side is None
        and reading.words(clause.items[instrument.head + 1].first, clause.items[instrument.head + 1].last)
        in ("that", "which")
    ):
        return False
    return before in ("the", "this", "that", "its", "such", "their", "any", "no") and clause.codes[
        instrument.head + 1 : instrument.head + 2
    ] not in ("b", "w", "n", "o")


def _swallowed(clause: Clause, head: int) -> int:
    """A second instrument word in the title of the first ("Minutes of the Meeting", "MOU ceasefire agreement") adds nothing."""
    codes = clause.codes
    end = head
    while end + 1 < len(codes) and codes[end + 1] in code_class("instrument") | frozenset("xI"):
        end += 1
        if codes[end] not in "I" and codes[end] not in code_class("instrument"):
            break
    return end if codes[end] in code_class("instrument") else head


def _instrument(reading: Reading, clause: Clause, head: int) -> Instrument:
    codes = clause.codes
    first = head
    while first > 0 and (
        codes[first - 1] in "xINCJYm#'zLBOE23-" or codes[first - 1] in code_class("instrument")
    ):
        if codes[first - 1] == "z" and not _adjectival(clause, first - 1):
            break
        if codes[first - 1] == "x" and _is_verb(reading, clause, first - 1):
            break
        first -= 1
    word = reading.words(clause.items[head].first, clause.items[head].last)
    phrase = reading.tokens.surface(clause.items[first].first, clause.items[head].last)
    count = _count(phrase)
    before = [part for part in phrase.split()[:-1] if part[:1].isupper()]
    is_named = reading.tokens.words[clause.items[head].first][:1].isupper() and (
        bool(before) or codes[head + 1 : head + 2] in ("o", "n", "f", "b")
    )
    plural = (
        word.endswith("s")
        and word not in ("minutes", "exchange of notes")
        or word in ("memoranda of understanding", "memoranda")
    )
    kind = next((words().kinds[option] for option in _options(word) if option in words().kinds), "other")
    return Instrument(first, head, word, kind, count, is_named, plural)


def _options(word: str) -> list[str]:
    parts = word.split()
    return [word, " ".join(parts[:2]), parts[0], parts[-1]]


def _adjectival(clause: Clause, at: int) -> bool:
    mention = clause.items[at].mention
    return mention is not None and len(mention.states) == 1 and mention.last - mention.first <= 2


VERBISH = re.compile(
    r"(?:is|are|was|were|be|been|being|has|under|that|which|where|after|before|following|following|when|as|violating|implementing|discuss|discussing|despite|from|into|through|citing|including|implement|towards?|until|than|but|or)$"
)


def _is_verb(reading: Reading, clause: Clause, at: int) -> bool:
    return VERBISH.match(reading.words(clause.items[at].first, clause.items[at].last)) is not None


def _count(phrase: str) -> int | None:
    for part in re.findall(r"[A-Za-z]+|\d+", phrase):
        low = part.lower()
        if low in NUMBERS and low != "one":
            return NUMBERS[low]
        if low in DOZEN:
            return DOZEN[low]
        if part.isdigit() and 1 < int(part) < 500:
            return int(part)
    return None


def _agreement(reading: Reading, clause: Clause, memory: Memory, instrument: Instrument) -> tuple[Candidate, str] | None:
    phrase = reading.words(clause.items[instrument.first].first, clause.items[instrument.head].last)
    if any(no in phrase for no in words().not_deals):
        return None
    verb, status = _governing(reading, clause, instrument)
    if status is None:
        return None
    generic = instrument.word in words().generic or instrument.kind == "other"
    if verb is None and (generic and not instrument.is_named):
        return None
    if instrument.word.endswith("notes") and instrument.word != "exchange of notes" and (
        verb is None or not reading.words(clause.items[verb].first, clause.items[verb].last).startswith("exchang")
    ):
        return None
    group, begin, certain = _parties(reading, clause, memory, instrument, verb)
    if len(group.states) not in (2, 3):
        return None
    if clause.in_speech and not instrument.is_named and not certain and (verb is None or status == "planned"):
        return None
    if instrument.word.split()[-1] in MANY_STATES and not certain:
        return None
    if verb is None and not certain and not instrument.is_named:
        return None
    if verb is None and reading.words(
        clause.items[max(0, instrument.first - 1)].first, clause.items[instrument.first].last
    ).startswith(("any ", "no ")):
        return None
    end = _phrase_end(clause, instrument.head + 1)
    start, stop = reading.chars(clause, min(begin, instrument.first), end)
    fields = tuple(_fields(reading, clause, instrument, end))
    if "partnership" in instrument.word and (verb is None or len(fields) < 2):
        return None
    if verb is None and not instrument.is_named and not fields and not certain:
        return None
    rule = "agreement.verb" if verb is not None else "agreement.named"
    in_entry = verb is not None and status in ("signed", "reached")
    evidence = [Evidence("", start, stop, rule)]
    when = (
        scope.find_date(reading, clause, min(begin, instrument.first), end, future=status == "planned")
        if verb is not None
        else None
    )
    where = (
        scope.find_place(reading, clause, min(begin, instrument.first), end, group.states)
        if verb is not None
        else None
    )
    if in_entry:
        when, where = when or reading.entry_when, where or reading.entry_where
    evidence += [piece.evidence for piece in (when, where) if piece is not None]
    if verb is not None:
        evidence.append(
            Evidence("status", *reading.tokens.span(clause.items[verb].first, clause.items[verb].last), rule)
        )
    evidence.append(Evidence("instrument", *reading.tokens.span(clause.items[instrument.head].first, clause.items[instrument.head].last), rule))
    number = _number_token(reading, clause, instrument)
    if number is not None:
        evidence.append(Evidence("n_stated", *reading.tokens.span(number, number + 1), rule))
    title = None
    if instrument.is_named:
        first_char, last_char = reading.chars(clause, instrument.first, end)
        title = re.sub(
            r"\s+", " ", re.sub(r"^(?:the|a|an)\s", "", reading.tokens.text[first_char:last_char].strip())
        )
    candidate = Candidate(
        event_type="agreement", status=status, countries=tuple(sorted(group.states)), evidence=evidence,
        date=when.date if when else Date(), participants=group.people if verb is not None else (),
        city=where.city if where else None, venue_country=where.country if where else None, instrument=instrument.kind,
        title=title, n_stated=instrument.count, domains=fields, is_main=verb is not None, reported_by=reading.account,
    )  # fmt: skip
    return candidate, group.states[0]


def _number_token(reading: Reading, clause: Clause, instrument: Instrument) -> int | None:
    """The token of the number that the text gives, where it gives one."""
    if instrument.count is None:
        return None
    first, last = clause.items[instrument.first].first, clause.items[instrument.head].last
    return next((i for i in range(first, last) if _count(reading.tokens.words[i]) == instrument.count), None)


def _governing(reading: Reading, clause: Clause, instrument: Instrument) -> tuple[int | None, str | None]:
    """The verb that signs or reaches the instrument, and the status it gives; (None, None) where it is only wished for."""
    codes = clause.codes
    signs, reaches = code_class("sign"), code_class("conclude")
    wished, planned, denied = (
        code_class("irrealis"),
        code_class("planned"),
        code_class("negation") | code_class("called_off"),
    )
    for i in range(instrument.first - 1, max(-1, instrument.first - VERB_REACH), -1):
        code = codes[i]
        if code == ";":
            break
        if code in signs or code in reaches:
            if "," in codes[i + 1 : instrument.first] and not set(codes[i + 1 : instrument.first]) & code_class("instrument"):
                break
            window = codes[max(0, i - 5) : i]
            word = reading.words(clause.items[i].first, clause.items[i].last)
            lead = reading.words(clause.items[max(0, i - 5)].first, clause.items[i].first) if i else ""
            if any(c in wished for c in window) and "may" not in lead.split():
                return None, None
            if any(c in denied for c in window):
                return None, None
            if (
                any(c in planned for c in window)
                or word in ("sign", "conclude", "reach", "finalize", "finalise")
                and " to " in f" {lead} "
            ):
                return i, "planned"
            if word.startswith("final") and "draft" in reading.words(clause.items[i].last, clause.items[instrument.head].first):
                return i, "planned"
            if i and reading.words(clause.items[i - 1].first, clause.items[i - 1].last) == "against":
                return None, None
            return i, "signed" if code in signs else "reached"
        if code in wished or code in denied:
            return None, None
        if code in planned and reading.words(clause.items[i].first, clause.items[i].last) not in ("would",):
            return i, "planned"
    after = codes[instrument.head + 1 : instrument.head + 14]
    passive = re.match(
        r"[^.;,]{0,12}?x?a?(?P<verb>[%s%s])" % (re.escape("".join(signs)), re.escape("".join(reaches))), after
    )
    if passive and codes[instrument.head + passive.start("verb")] in "xaFh":
        at = instrument.head + 1 + passive.start("verb")
        before = reading.words(clause.items[instrument.head].last, clause.items[at].first)
        if re.search(r"\b(?:was|were|been|is|are|being|be)\b", before):
            future = re.search(r"\b(?:will|to be|expected|yet|not)\b", before)
            return at, "planned" if future else ("signed" if codes[at] in signs else "reached")
    told = re.match(r"[^.;,]{0,24}?x?[SVz]a{0,2}(?P<verb>[%s])" % re.escape("".join(signs)), after)
    if told is not None:  # "the agreement that the two countries signed in 2011"
        return instrument.head + 1 + told.start("verb"), "signed"
    lead = (
        reading.words(clause.items[max(0, instrument.first - 6)].first, clause.items[instrument.first].first)
        if instrument.first
        else ""
    )
    if re.search(
        r"\b(?:negotiat\w+|develop\w*|draft\w*|working on|work towards?|proposed|upcoming|future|possible|potential|prospective)\b[\w ]*$",
        lead + reading.words(clause.items[instrument.first].first, clause.items[instrument.head].first),
    ):
        word = re.search(r"\b(?:proposed|possible|potential|prospective)\b", lead)
        return (None, None) if word else (max(0, instrument.first - 1), "planned")
    text = reading.words(clause.items[instrument.head].last, clause.items[-1].last)
    if re.match(
        r"\W*(?:between .{0,80})?(?:came|comes|entered|enters|goes|went)\b[^.]{0,12}\b(?:into|in to)\b[^.]{0,4}\b(?:force|effect)",
        text,
    ):
        return instrument.head, "in_force"
    if "ceasefire" in instrument.word or "truce" in instrument.word:
        if re.search(
            r",\s.{0,80}\b(?:comes|came|goes|went|enters|entered|takes|took)\b.{0,8}\b(?:in\s?to force|in\s?to effect|effect)",
            text,
        ):
            return instrument.head, "signed"
    return None, "signed" if instrument.is_named else "reached"


def _parties(
    reading: Reading, clause: Clause, memory: Memory, instrument: Instrument, verb: int | None
) -> tuple[Group, int, bool]:
    """The states of the instrument, the item where its words begin, and whether the text itself ties them to it."""
    codes = clause.codes
    inside = [
        state for i in range(instrument.first, instrument.head) for state in _states_at(reading, clause, i)
    ]
    if len(set(inside)) == 2:
        return Group(tuple(dict.fromkeys(inside))), _begin(clause, instrument, verb), True
    after = _after(reading, clause, memory, instrument)
    if len(after.states) == 2 and not _with_others(clause, instrument):
        return after, _begin(clause, instrument, verb), True
    subject = subject_before(clause, verb if verb is not None else instrument.first)
    begin = subject[0] if subject and verb is not None else _begin(clause, instrument, verb)
    group = group_of(reading, memory, actors_at(clause, *subject)) if subject else Group()
    if subject and codes[subject[0]] == "V":
        group = Group(joint_parties(reading, memory), joint=True)
    if len(after.states) == 2:
        others = [state for state in group.states if state not in after.states]
        if verb is None or len(others) != 1:
            return after, begin, True
        return Group((others[0], *after.states), group.people), begin, True
    if len(group.states) == 1 and len(after.states) == 1 and group.states != after.states:
        return Group((*group.states, *after.states), group.people), begin, True
    if len(group.states) == 2 and verb is not None:
        return group, begin, True
    if len(after.states) == 1 or len(set(inside)) == 1:
        known = after.states or tuple(inside[:1])
        near = (
            _state_before(reading, clause, instrument.first, known) if verb is None and after.states else None
        )
        if near is not None:
            return Group((near, known[0])), begin, True
        pair = reading.cast.pair or ()
        if known[0] in pair:
            return Group(pair), begin, bool(after.states)
        if reading.side and reading.side != known[0]:
            return Group((reading.side, known[0])), begin, bool(after.states)
        return Group(known), begin, False
    pair = _visit_in(reading, clause, memory) or memory.last_parties or reading.cast.pair or ()
    if verb is not None and len(group.states) == 1 and group.states[0] in pair:
        return Group(pair, group.people), begin, False
    if verb is not None and not group.states and not group.open_people and pair:
        return Group(pair), begin, False
    if (
        verb is None
        and pair
        and len(pair) == 2
        and len(group.states) <= 1
        and not _multilateral(reading, clause, instrument)
    ):
        dated = (
            clause.codes[instrument.head + 1 : instrument.head + 3] in ("oD",)
            or clause.codes[instrument.head + 1 : instrument.head + 2] == "D"
        )
        plain = (
            instrument.is_named
            and instrument.kind in ("agreement", "treaty")
            and _plainly_named(clause, instrument)
        )
        memo = (
            plain
            or instrument.is_named
            and instrument.kind in ("mou", "joint_statement", "joint_communique", "joint_declaration")
        )
        if dated or memo or (instrument.kind == "mou" and not reading.side):
            return Group(pair), begin, True
        return Group(()), begin, False
    return group, begin, False


def _visit_in(reading: Reading, clause: Clause, memory: Memory) -> tuple[str, ...]:
    """The states of a visit told in the same sentence: "the visit resulted in 12 agreements"."""
    begin, end = reading.tokens.starts[clause.first], reading.tokens.ends[clause.last - 1]
    return next((visit.countries for visit in memory.visits if begin <= visit.span[0] < end), ())


def _with_others(clause: Clause, instrument: Instrument) -> bool:
    """Whether the states behind the head stand behind "with": then the subject is a party as well."""
    tail = clause.codes[instrument.head + 1 : instrument.head + 30]
    return "w" in tail and "b" not in tail[: tail.index("w")]


def _plainly_named(clause: Clause, instrument: Instrument) -> bool:
    """ "The Strategic Framework Agreement": named by what it is about, not after a place or person, so of these two states."""
    words_before = clause.codes[instrument.first : instrument.head]
    return len(words_before) >= 2 and set(words_before) <= set("I")


def _state_before(reading: Reading, clause: Clause, at: int, known: tuple[str, ...]) -> str | None:
    """The state named last before the instrument, when it is not the one that is named with it."""
    for i in range(at - 1, -1, -1):
        named = [state for state in _states_at(reading, clause, i) if state not in known]
        if (
            len(named) == 1
            and clause.items[i].mention is not None
            and clause.items[i].mention.kind == "states"
        ):
            return named[0]
        if clause.codes[i] in "J" and len(named) == 1:
            return named[0]
        if clause.codes[i] in code_class("sign", "conclude"):
            return None
    return None


def _multilateral(reading: Reading, clause: Clause, instrument: Instrument) -> bool:
    phrase = reading.words(
        clause.items[instrument.first].first,
        clause.items[min(len(clause.items) - 1, instrument.head + 6)].last,
    )
    return any(
        word in phrase for word in ("convention", "united nations", "international", "accords", "charter")
    )


def _begin(clause: Clause, instrument: Instrument, verb: int | None) -> int:
    begin = instrument.first if verb is None or verb > instrument.first else verb
    while begin > 0 and clause.codes[begin - 1] == "T":
        begin -= 1
    return begin


def _states_at(reading: Reading, clause: Clause, i: int) -> tuple[str, ...]:
    item = clause.items[i]
    if item.mention is not None:
        return item.mention.states
    entry = reading.tokens.entries[item.first]
    if clause.codes[i] == "Y" or (clause.codes[i] in "CJG" and len(entry.countries) == 1):
        return entry.countries
    return ()


def _after(reading: Reading, clause: Clause, memory: Memory, instrument: Instrument) -> Group:
    """The states in "between A and B", "with A" behind the head, or in the title that goes on from it."""
    codes = clause.codes
    end = min(len(codes), instrument.head + 30)
    states: list[str] = []
    people: list[Group] = []
    lead = ""
    for i in range(instrument.head + 1, end):
        code = codes[i]
        if code in "bw":
            lead = code
        elif code in "Prz" and lead:
            group = group_of(reading, memory, actors_at(clause, i, i + 1))
            states.extend(group.states)
            people.append(group)
        elif code == "Y":
            states.extend(reading.tokens.entries[clause.items[i].first].countries)
        elif code == "S" and lead == "b":
            states.extend(joint_parties(reading, memory))
        elif (
            code in ".;"
            or code in code_class("sign", "consensus", "say", "planned")
            or (code == "," and lead)
        ):
            break
        elif code not in "TaH&,xm" and lead == "w":
            lead = ""
    return Group(tuple(dict.fromkeys(states)), tuple(person for group in people for person in group.people))


def _phrase_end(clause: Clause, start: int) -> int:
    """The item where the instrument's own words end: at a verb, a comma before a relative clause, or the sentence's end."""
    codes = clause.codes
    stop = code_class("say", "meet", "consensus", "planned", "irrealis", "visit", "sign") | frozenset(";.")
    i = start
    while i < len(codes):
        code = codes[i]
        if code in stop and not (code in code_class("visit") and False):
            break
        if code in "PSU" and codes[i - 1] in ",&" and i > start + 1:
            return i - 1
        i += 1
    return i


def _fields(reading: Reading, clause: Clause, instrument: Instrument, end: int) -> Iterator[DomainWords]:
    """The instrument's fields: the words before its head and the enumeration behind it."""
    tokens = reading.tokens
    first, head = clause.items[instrument.first], clause.items[instrument.head]
    tail_end = (
        tokens.span(head.first, clause.items[end - 1].last)[1]
        if end > instrument.head + 1
        else tokens.ends[head.last - 1]
    )
    tail = tokens.text[tokens.ends[head.last - 1] : tail_end]
    found = list(_tail_fields(reading, tail, tokens.ends[head.last - 1]))
    if not found:
        before = tokens.text[tokens.starts[first.first] : tokens.starts[head.first]]
        found = list(_clean_fields(reading, before, tokens.starts[first.first], leading=True))
    if (
        not found
        or "treat" in instrument.word
        or "trade" in tokens.text[tokens.starts[first.first] : tokens.starts[head.first]].lower()
    ):
        sentence_end = tokens.ends[clause.last - 1]
        found += _listed_words(
            reading, tokens.ends[head.last - 1], min(sentence_end, tokens.ends[head.last - 1] + 240), found
        )
    lead = instrument.word.rsplit(" ", 1)[0] if " " in instrument.word else ""
    if lead in ("free trade", "free-trade", "trade") and not any("trade" in words.words for words in found):
        span = tokens.span(head.first, head.last)
        found.append(
            DomainWords(
                "trade_investment",
                lead,
                Evidence("words_in_text", span[0], span[0] + len(lead), "domain.instrument"),
            )
        )
    if any(word in instrument.word for word in ("ceasefire", "truce", "armistice", "cease-fire")):
        found.append(
            DomainWords(
                "security",
                instrument.word,
                Evidence("words_in_text", *tokens.span(head.first, head.last), "domain.instrument"),
            )
        )
    yield from found


def _listed_words(reading: Reading, start: int, end: int, known: list[DomainWords]) -> Iterator[DomainWords]:
    """Words of the reference list in the clause that says what the instrument does."""
    text = reading.tokens.text[start:end]
    lead = re.match(r"[^.;]{0,60}?(?:\b(?:that|which|to|of the|allowing|expanding|reducing)\s|,\s)", text)
    if lead is None:
        return
    seen = {words.words for words in known}
    low = text.lower()
    at = lead.end() if not lead.group().endswith("of the ") else 0
    for domain, phrase in domains_in(text[at:]):
        place = low.find(phrase, at)
        if phrase not in seen and place >= 0:
            seen.add(phrase)
            yield DomainWords(
                domain,
                phrase,
                Evidence("words_in_text", start + place, start + place + len(phrase), "domain.listed"),
            )


TAIL_LEADS = re.compile(
    r"\b(?:in (?:such |the |various )?(?:areas?|fields?|domains?|sectors?) (?:such as|of|including|like|as)|on exchanges and cooperation (?:over|in|on)|on cooperation (?:over|in|on|for)|covering|regarding|concerning|relating to|related to|on|over|in the field of|for the|expanding cooperation (?:on|in)|to (?:strengthen|enhance|expand|promote|improve|deepen|boost)(?:\s\w+['’]s)?)\s",
    re.IGNORECASE,
)
TAIL_STOPS = re.compile(
    r"\s(?:between|with|in (?=[A-Z])|during|at the|after|following|when|while|that|which|who|aimed|signed|reached|to (?=[a-z])|as part|at a|from|under|by|for|through|transiting|that|was|were|is|are|has|have|comes|worth)\b|[;(]|, (?:which|who|including|and (?:said|agreed|also))\b|\.\s"
)


def _tail_fields(reading: Reading, tail: str, offset: int) -> Iterator[DomainWords]:
    lead = TAIL_LEADS.search(tail)
    if lead is None or lead.start() > 160:
        return
    content = tail[lead.end() :]
    stop = TAIL_STOPS.search(content)
    content = content[: stop.start()] if stop else content
    at = offset + lead.end()
    for piece in re.finditer(r"[^,;]+?(?=,\s|;|\sand\s|\sas well as\s|$)", content):
        yield from _clean_fields(
            reading,
            re.sub(r"^(?:\s*and\s|\s*as well as\s)", lambda m: " " * len(m.group()), piece.group()),
            at + piece.start(),
            leading=False,
        )


def _clean_fields(reading: Reading, text: str, offset: int, *, leading: bool) -> Iterator[DomainWords]:
    parts = list(re.finditer(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+\+\d+", text))
    while parts and _is_filler(reading, parts[0].group()):
        parts = parts[1:]
    while parts and (_is_filler(reading, parts[-1].group())):
        parts = parts[:-1]
    if not parts:
        return
    start, end = offset + parts[0].start(), offset + parts[-1].end()
    phrase = re.sub(r"\s+", " ", reading.tokens.text[start:end]).lower()
    if leading and len(parts) > 4:
        parts = parts[-3:]
        start = offset + parts[0].start()
        phrase = re.sub(r"\s+", " ", reading.tokens.text[start:end]).lower()
    if len(phrase) < 3 or len(parts) > 9:
        return
    named = domains_in(phrase)
    yield DomainWords(
        named[0][0] if named else "other", phrase, Evidence("words_in_text", start, end, "domain.words")
    )


def _is_filler(reading: Reading, word: str) -> bool:
    low = word.lower()
    if (
        low in words().not_fields
        or low in NUMBERS
        or ordinal(low) is not None
        or low
        in (
            "signed",
            "sign",
            "several",
            "number",
            "series",
            "draft",
            "final",
            "strategic",
            "framework",
            "memorandum",
            "trilateral",
            "peoples",
            "government",
            "governments",
            "republic",
            "kingdom",
            "people",
            "us",
            "usd",
            "billion",
            "million",
        )
    ):
        return True
    if word[0].isupper():
        from bilaterals.extract.lexicon import lexicon

        entry = lexicon().exact.get(word)
        if entry is None and word not in reading.tokens.text.lower() and not domains_in(low):
            return True  # a name, as in "the Nakamal Agreement"
        return (
            entry is not None
            and entry.code in "CJGLY"
            or any(dash in word for dash in "-–")
            and all(
                (e := lexicon().exact.get(half)) is not None and bool(e.countries)
                for half in re.split("[-–]", word)
            )
        )
    return False
