"""What to do today: a routine, the dose of each exercise, and why, in one line each.

The rules, in the order in which they count:

1. Strong pain within two days: no exercise today.
2. The routine that was left out for longest, among one's own: done within four weeks, as such or half of it piece by
   piece. Who has none yet begins with the shortest, seated if there is one. Strength needs a day between.
3. One exercise that was done before, is in no way painful and has been left out for days, comes on top.
4. What hurt within two days, or cannot be done without pain, is left out.
5. A first dose has three repetitions at most. It grows by one step when the last two times were full and painless, in
   the direction of ``grow_to``: repetitions first, then the hold, then sets. After pain it never grows, but comes down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from poise.core.history.past import Past, PastSession, Practice
from poise.core.history.personal import personalised
from poise.core.history.red_flags import STRONG, red_flags
from poise.core.spec import Dose, GrowTo, Spec
from poise.core.words import ENGLISH, Words

STARTS_WITH = 3  # repetitions
SORE = 4  # of 10: from here on nothing grows
EASY = 2  # times in a row, full and painless, before the dose grows
GROWS_TO = 5  # repetitions
HOLD_STEP_S = 5.0
RESTS = timedelta(days=2)  # after pain
OWN = timedelta(days=28)
LEFT_OUT = 5  # days
STALE = timedelta(days=56)  # after which a painless range should be measured again
BETWEEN = 2  # days from one strength session to the next


@dataclass(frozen=True, slots=True)
class Offer:
    """A routine of the library.

    Attributes:
        id: Its id.
        name: Its name.
        specs: Its exercises with the doses that it gives them.
    """

    id: str
    name: str
    specs: tuple[Spec, ...]

    @property
    def strength(self) -> bool:
        """Whether most of it is strength."""
        return sum(spec.kind == "strength" for spec in self.specs) * 2 > len(self.specs)

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return sum(spec.duration_s for spec in self.specs)


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of the session, with this person's dose and targets, and why so."""

    spec: Spec
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Today's session.

    Attributes:
        routine: The routine that it follows, or None when there should be no session.
        why: Why this one, or why none.
        items: The exercises in order.
        left_out: Exercises of the routine that are left out today: name, and why.
        flags: What calls for a doctor, if anything does.
        name: What the routine is called, in the person's language.
    """

    routine: str | None
    why: str
    items: tuple[Item, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    name: str = ""

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return sum(item.spec.duration_s for item in self.items)


def propose(past: Past, offers: Sequence[Offer], now: datetime, words: Words = ENGLISH) -> Proposal:
    """Today's session.

    Args:
        past: All that is remembered.
        offers: The routines of the library; at least one.
        now: The present moment.
        words: The person's language.
    """
    flags = red_flags(past, now, words)
    strong = [p for s in past.sessions for p in s.pains if p.at > now - RESTS][-1:]
    if strong and strong[0].level >= STRONG:
        return Proposal(None, words("Rest today: you told a pain of {n} of 10.", n=strong[0].level), flags=flags)
    offer, why = _choose(past, offers, now, words)
    items, left_out = [], []
    for spec, extra in [*((spec, "") for spec in offer.specs), *_forgotten(past, offers, offer, now, words)]:
        fitted = personalised(spec, past, now)
        if reason := _painful(past, spec, now, words) or "; ".join(fit.say(words) for fit in fitted.left_out):
            left_out.append((spec.name, reason))
            continue
        dose, reason = next_dose(spec, past, now, words)
        whole = " ".join(filter(None, (extra, reason, _measure_again(past, spec, now, words))))
        items.append(Item(fitted.spec.model_copy(update={"dose": dose}), whole))
    if not items:
        return Proposal(None, words("Rest today: everything in {name} has hurt lately.", name=offer.name), (),
                        tuple(left_out), flags)  # fmt: skip
    return Proposal(offer.id, why, tuple(items), tuple(left_out), flags, offer.name)


def _choose(past: Past, offers: Sequence[Offer], now: datetime, words: Words) -> tuple[Offer, str]:
    """The routine, and why."""
    known = {offer.id for offer in offers}
    own = {offer.id: days for offer in offers if (days := _last_done(offer, past, now, known)) is not None}
    ago = _days_ago(past.practices, now)
    tired = min((days for name, days in ago.items() if _is_strength(name, offers)), default=BETWEEN)
    rested = [offer for offer in offers if not offer.strength or tired >= BETWEEN]
    if not own:
        return _shortest(rested or offers), words("A good place to begin.")
    ready = [offer for offer in rested if offer.id in own]
    if not ready:
        return _shortest(rested or offers), words("Strength needs a day between; until then this.")
    offer = max(ready, key=lambda o: (own[o.id], -o.seconds, o.id))
    match own[offer.id]:
        case 0:
            return offer, words("Done today already; once more does no harm.")
        case 1:
            return offer, words("Last done yesterday.")
        case days:
            return offer, words("Last done {days} days ago.", days=days)


def _shortest(offers: Sequence[Offer]) -> Offer:
    """The shortest, those first that need neither weights nor getting up."""

    def effort(offer: Offer) -> tuple[bool, bool, float, str]:
        gets_up = any(spec.position not in ("seated", "any") for spec in offer.specs)
        return offer.strength, gets_up, offer.seconds, offer.id

    return min(offers, key=effort)


def _is_strength(name: str, offers: Iterable[Offer]) -> bool:
    return any(spec.id == name and spec.kind == "strength" for offer in offers for spec in offer.specs)


def _last_done(offer: Offer, past: Past, now: datetime, known: set[str]) -> int | None:
    """Days since a routine was done: as such, or else half of it piece by piece; None when that is no habit.

    What was done as part of another routine says nothing about this one.
    """
    as_such = [_days(session.at, now) for session in past.sessions if session.routine == offer.id]
    ago = _days_ago([practice for s in past.sessions if s.routine not in known for practice in s.practices], now)
    pieces = [ago[spec.id] for spec in offer.specs if ago.get(spec.id, OWN.days) < OWN.days]
    if as_such and as_such[-1] < OWN.days:
        return as_such[-1]
    return min(pieces) if pieces and len(pieces) * 2 >= len(offer.specs) else None


def _days_ago(practices: Iterable[Practice], now: datetime) -> dict[str, int]:
    """For each exercise the days since it was last done."""
    return {p.exercise: _days(p.at, now) for p in practices if p.reps[0] or p.held_s}


def _days(at: datetime, now: datetime) -> int:
    """Days that have begun since; 0 is today, and also what the clock says is yet to come."""
    return max(0, (now.date() - at.date()).days)


def _forgotten(
    past: Past, offers: Iterable[Offer], chosen: Offer, now: datetime, words: Words
) -> list[tuple[Spec, str]]:
    """One exercise that was done within four weeks and left out for days, with why."""
    ago = _days_ago(past.practices, now)
    known = {spec.id: spec for offer in offers for spec in offer.specs if spec.kind in ("stretch", "mobility")}
    there = {spec.id for spec in chosen.specs}
    positions = {spec.position for spec in chosen.specs}
    lying = [
        (days, name)
        for name, days in ago.items()
        if LEFT_OUT <= days < OWN.days and name in known and name not in there and known[name].position in positions
    ]
    if not lying:
        return []
    days, name = max(lying)
    return [(known[name], words("Left out for {days} days.", days=days))]


def _painful(past: Past, spec: Spec, now: datetime, words: Words) -> str:
    """Why an exercise is left out: it hurt within the last two days."""
    pangs = [pang for pang in past.pangs if pang.exercise == spec.id and pang.at > now - RESTS]
    return words("It hurt on {day}: it rests for two days.", day=words.day(pangs[-1].at)) if pangs else ""


def _measure_again(past: Past, spec: Spec, now: datetime, words: Words) -> str:
    """A word on a painless range that was measured long ago."""
    last = max((found.at for found in past.ranges if found.exercise == spec.id), default=now)
    if last > now - STALE:
        return ""
    return words("Its range was measured on {day}: `poise calibrate` does it again.", day=words.day(last, year=True))


def next_dose(spec: Spec, past: Past, now: datetime, words: Words = ENGLISH) -> tuple[Dose, str]:
    """The dose of an exercise today, and why.

    Args:
        spec: The exercise with the dose that its routine gives it.
        past: All that is remembered.
        now: The present moment: after four weeks one begins anew.
        words: The person's language.
    """
    times = [(session, p) for session in past.sessions for p in session.practices
             if p.exercise == spec.id and session.at > now - OWN]  # fmt: skip
    if not times:
        return _first(spec), words("To begin with.")
    session, last = times[-1]
    dose = _within(last.dose, spec)
    if hurt := _hurt(session, last):
        return _less(dose), words(hurt)
    if not last.full:
        return dose, words("As last time: it was not quite full.")
    level = max((pain.level for pain in past.sessions[-1].pains), default=0)
    if level >= SORE:
        return dose, words("No more than last time: you told a pain of {n} of 10.", n=level)
    easy = [p.full and not _hurt(s, p) and p.dose == last.dose for s, p in times[-EASY:]]
    more = _more(dose, spec)
    if len(easy) < EASY or not all(easy) or more == dose:
        return dose, words("As last time.")
    return more, words("A little more: the last times were full and painless.")


def _first(spec: Spec) -> Dose:
    """Three repetitions to begin with; strength keeps its sets of ten, with a weight that is light enough."""
    reps = spec.dose.reps if spec.kind == "strength" else min(spec.dose.reps, STARTS_WITH)
    return spec.dose.model_copy(update={"reps": reps})


def _hurt(session: PastSession, practice: Practice) -> str:
    """What was painful about an exercise, or nothing."""
    before, after = session.pain("before"), session.pain("after")
    if practice.pangs:
        return "A little less: it hurt last time."
    if before is not None and after is not None and after > before:
        return "A little less: there was more pain after the last session."
    return ""


def _less(dose: Dose) -> Dose:
    """One repetition less, or a set where there are several."""
    if dose.sets > 1:
        return dose.model_copy(update={"sets": dose.sets - 1})
    return dose.model_copy(update={"reps": max(1, dose.reps - 1)})


def _more(dose: Dose, spec: Spec) -> Dose:
    """One step toward where the dose goes: repetitions, then the hold, then sets; at its end the same."""
    most = _most(spec)
    if dose.reps < most.reps:
        return dose.model_copy(update={"reps": dose.reps + 1})
    if dose.hold < most.hold:
        return dose.model_copy(update={"hold": min(most.hold, dose.hold + HOLD_STEP_S)})
    return dose.model_copy(update={"sets": min(most.sets, dose.sets + 1)})


def _most(spec: Spec) -> Dose:
    """Where the dose goes; five repetitions of a stretch or a mobility exercise whose file does not say."""
    gentle = spec.kind in ("stretch", "mobility")
    goal = spec.dose.grow_to or GrowTo(reps=GROWS_TO if gentle else None)
    most = {"reps": goal.reps, "hold": goal.hold, "sets": goal.sets}
    return spec.dose.model_copy(
        update={name: max(value, getattr(spec.dose, name)) for name, value in most.items() if value is not None}
    )


def _within(dose: Dose, spec: Spec) -> Dose:
    """A dose of another day, such as one that was asked for by hand, within where this one goes."""
    most = _most(spec)
    kept = {name: min(getattr(dose, name), getattr(most, name)) for name in ("reps", "hold", "sets")}
    return spec.dose.model_copy(update=kept)
