"""What to do today: histories that one can follow by hand, and what must hold for every history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from coaching import TILT_FIELDS, TILT_STEPS, exercise
from histories import NOW, ago, past, practice, session
from hypothesis import given
from hypothesis import strategies as st

from poise.core.history.past import Past, PastSession, Range
from poise.core.history.proposal import Offer, next_dose, propose
from poise.core.spec import Dose, GrowTo, Spec


def move(name: str, kind: str = "stretch", **dose: Any) -> Spec:
    """An exercise of that name."""
    fields = {"id": name, "kind": kind, "dose": {"reps": 3} | dose}
    return exercise(
        {"where": {"shoulder_abduction": {"below": 50}}}, {"where": {"shoulder_abduction": {"above": 130}}}, **fields
    )


NECK = Offer("neck", "Neck", (move("tilt"), move("turn")))
BACK = Offer("back", "Back", (move("cat"), move("child", reps=5)))
ROW = Offer("row", "Rows", (move("row", "strength", sets=2, reps=10),))
OFFERS = (NECK, BACK, ROW)


def done(*names: str, days: float = 1, **answers: Any) -> PastSession:
    """A session of these exercises, in full."""
    return session(*(practice(name, days) for name in names), days=days, **answers)


def test_who_has_no_past_begins_with_the_shortest_routine() -> None:
    """Three repetitions each, whatever the routine says."""
    proposal = propose(Past(), OFFERS, NOW)
    assert (proposal.routine, proposal.why) == ("neck", "A good place to begin.")
    assert [(item.spec.id, item.spec.dose.reps, item.why) for item in proposal.items] == [
        ("tilt", 3, "To begin with."), ("turn", 3, "To begin with."),
    ]  # fmt: skip
    assert propose(Past(), (BACK,), NOW).items[1].spec.dose.reps == 3
    assert propose(Past(), (ROW,), NOW).items[0].spec.dose == Dose(sets=2, reps=10)
    assert proposal.seconds == 24
    seated = Offer("seated", "Seated", tuple(spec.model_copy(update={"position": "seated"}) for spec in BACK.specs))
    standing = Offer("up", "Up", tuple(spec.model_copy(update={"position": "standing"}) for spec in NECK.specs))
    assert propose(Past(), (standing, seated), NOW).routine == "seated"


def test_the_routine_that_was_left_out_for_longest_comes_next() -> None:
    """Neck yesterday, back three days ago: back; rows were never done, and are nobody's habit."""
    remembered = past(done("cat", "child", days=3), done("tilt", "turn", days=1))
    proposal = propose(remembered, OFFERS, NOW)
    assert (proposal.routine, proposal.why) == ("back", "Last done 3 days ago.")
    habit = past(
        *(replace(done("tilt", "turn", days=d), routine=r) for d, r in ((9, "neck"), (4, "back"), (2, "gone")))
    )
    assert propose(habit, OFFERS, NOW).routine == "neck"
    stale = past(*(replace(done("x", days=d), routine=r) for d, r in ((30, "neck"), (4, "back"))))
    assert propose(stale, OFFERS, NOW).why == "Last done 4 days ago."
    assert propose(past(done("tilt", "turn")), OFFERS, NOW).why == "Last done yesterday."
    assert propose(past(done("tilt", "turn", days=0)), OFFERS, NOW).why == "Done today already; once more does no harm."


def test_what_was_done_in_a_routine_makes_no_other_one_a_habit() -> None:
    """Who does the neck routine does half of a shorter one with it, which is still not theirs: the neck comes next."""
    short = Offer("short", "Short", (move("turn", reps=1), move("reach", reps=1)))
    remembered = past(replace(done("tilt", "turn", days=2), routine="neck"))
    assert propose(remembered, (short, NECK), NOW).routine == "neck"
    by_itself = past(*remembered.sessions, replace(done("turn", days=4), routine=None))
    assert propose(by_itself, (short, NECK), NOW).routine == "short"


def test_strength_needs_a_day_between() -> None:
    """Rows yesterday: something else today, rows tomorrow."""
    rows = past(session(practice("row", 1), days=1))
    proposal = propose(rows, OFFERS, NOW)
    assert proposal.routine == "neck"
    assert proposal.why == "Strength needs a day between; until then this."
    assert propose(rows, OFFERS, NOW + timedelta(days=1)).routine == "row"
    assert propose(rows, (ROW,), NOW).routine == "row"  # where there is nothing else, that


def test_something_of_ones_own_that_was_left_out_comes_on_top() -> None:
    """The cat was last done six days ago, and its routine is not one's own."""
    remembered = past(session(practice("cat", 6), days=6), done("tilt", "turn"))
    proposal = propose(remembered, (NECK, Offer("back", "Back", (move("cat"), move("a"), move("b")))), NOW)
    assert proposal.routine == "neck"
    assert (proposal.items[-1].spec.id, proposal.items[-1].why) == ("cat", "Left out for 6 days. As last time.")


def test_strong_pain_means_rest() -> None:
    """For two days; and a doctor is spoken of."""
    proposal = propose(past(done("tilt", "turn", after=8)), OFFERS, NOW)
    assert (proposal.routine, proposal.items) == (None, ())
    assert proposal.why == "Rest today: you told a pain of 8 of 10."
    assert proposal.flags
    assert propose(past(done("tilt", "turn", days=3, after=8)), OFFERS, NOW).routine == "neck"


def test_what_hurt_is_left_out_for_two_days() -> None:
    """With the day on which it hurt; when all of it hurt, there is a rest."""
    hurt = past(session(practice("tilt", 1, pangs=1), practice("turn", 1)))
    proposal = propose(hurt, (NECK,), NOW)
    assert [item.spec.id for item in proposal.items] == ["turn"]
    assert proposal.left_out == (("Exercise", "It hurt on 11 Mar: it rests for two days."),)
    (tilt, _) = propose(hurt, (NECK,), NOW + timedelta(days=1.5)).items
    assert (tilt.spec.dose.reps, tilt.why) == (2, "A little less: it hurt last time.")
    both = past(session(practice("tilt", 1, pangs=1), practice("turn", 1, pangs=1)))
    assert propose(both, (NECK,), NOW).why == "Rest today: everything in Neck has hurt lately."


def test_targets_are_the_persons_own_and_what_is_beyond_them_is_left_out() -> None:
    """A painless range of 30 asks for 24; one of 5 leaves nothing to judge."""
    tilt = exercise(TILT_STEPS[0], TILT_STEPS[1] | {"personal": {"from": 15, "to": 35}}, **TILT_FIELDS)
    offer = Offer("tilt", "Tilt", (tilt, move("turn")))

    def measured(value: float) -> Past:
        return Past(ranges=(Range(ago(1), "exercise", "tilt", "neck_tilt", "left", value, 1, 8.6, 3),))

    assert propose(measured(30), (offer,), NOW).items[0].spec.steps[1].of("left").target == 24
    later = propose(measured(30), (offer,), NOW + timedelta(days=60)).items[0].why
    assert later == "To begin with. Its range was measured on 11 Mar 2025: `poise calibrate` does it again."
    assert propose(measured(5), (offer,), NOW).left_out == (
        ("Exercise", "Left: you reached 5° without pain on 11 Mar 2025, less than the camera can judge"),
    )


GROWING = move("grow", reps=3, hold=10, grow_to={"reps": 5, "hold": 20, "sets": 2})


def grown(dose: Dose, *more: PastSession, **answers: Any) -> tuple[Dose, str]:
    """The next dose after two sessions of this one, in full."""
    times = [session(practice("grow", d, dose=dose), days=d, **answers) for d in (4, 2)]
    return next_dose(GROWING, past(*times, *more), NOW)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((1, 3, 10), (1, 4, 10)),
        ((1, 5, 10), (1, 5, 15)),
        ((1, 5, 18), (1, 5, 20)),
        ((1, 5, 20), (2, 5, 20)),
        ((2, 5, 20), (2, 5, 20)),
        ((1, 9, 60), (2, 5, 20)),  # asked for by hand: within where the exercise goes
    ],
)
def test_the_dose_grows_by_one_step_at_a_time(now: tuple[int, int, float], then: tuple[int, int, float]) -> None:
    """Repetitions, then the hold, then sets."""
    dose, why = grown(GROWING.dose.model_copy(update=dict(zip(("sets", "reps", "hold"), now, strict=True))))
    assert (dose.sets, dose.reps, dose.hold) == then
    assert why.startswith("As last time" if now == (2, 5, 20) else "A little more")


def test_a_stretch_whose_file_says_nothing_grows_to_five() -> None:
    """And strength stays at what its file asks for."""

    def after_two(spec: Spec) -> Dose:
        times = (session(practice(spec.id, d, dose=spec.dose), days=d) for d in (4, 2))
        return next_dose(spec, past(*times), NOW)[0]

    assert [after_two(move("x", reps=reps)).reps for reps in (3, 4, 5, 8)] == [4, 5, 5, 8]
    assert after_two(move("row", "strength", sets=2, reps=10)) == Dose(sets=2, reps=10)


def test_it_grows_only_when_the_last_two_times_were_full_and_painless() -> None:
    """Once is not enough, nor half a dose, nor a pain of four."""
    dose = GROWING.dose
    once = past(session(practice("grow", dose=dose)))
    assert next_dose(GROWING, once, NOW) == (dose, "As last time.")
    assert grown(dose, session(practice("grow", 1, dose=dose, reps=2))) == (
        dose,
        "As last time: it was not quite full.",
    )
    assert grown(dose, session(days=1, before=5)) == (dose, "No more than last time: you told a pain of 5 of 10.")
    assert grown(dose, session(days=1, before=2))[0].reps == 4


def test_after_pain_it_comes_down() -> None:
    """A repetition less, or a set where there are several; never below one."""
    dose = GROWING.dose
    less, why = grown(dose, before=1, after=3)
    assert (less.reps, why) == (2, "A little less: there was more pain after the last session.")
    two = dose.model_copy(update={"sets": 2})
    assert next_dose(GROWING, past(session(practice("grow", 3, dose=two, pangs=1))), NOW)[0].sets == 1
    one = dose.model_copy(update={"reps": 1})
    assert next_dose(GROWING, past(session(practice("grow", 3, dose=one, pangs=1))), NOW)[0].reps == 1


def test_after_four_weeks_one_begins_anew() -> None:
    """With three repetitions."""
    long_ago = past(session(practice("grow", 29, dose=Dose(reps=5)), days=29))
    assert next_dose(GROWING, long_ago, NOW)[1] == "To begin with."
    assert next_dose(move("row", "strength", sets=2, reps=10), Past(), NOW) == (Dose(sets=2, reps=10), "To begin with.")


def size(dose: Dose) -> tuple[int, float]:
    """What of a dose can grow: repetitions in all, and the hold."""
    return dose.sets * dose.reps, dose.hold


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.integers(1, 6), st.floats(0, 30), st.booleans(), st.integers(0, 2),
            st.integers(0, 10), st.integers(0, 10),
        ),
        min_size=1, max_size=5,
    ),
    st.none() | st.builds(GrowTo, reps=st.none() | st.integers(1, 12), hold=st.none() | st.floats(0, 60),
                          sets=st.none() | st.integers(1, 4)),
)  # fmt: skip
def test_the_dose_never_grows_after_pain(
    times: list[tuple[int, int, float, bool, int, int, int]], goal: GrowTo | None
) -> None:
    """Whatever the history: after a pang, after more pain than before, and with a pain of four or more."""
    spec = move("grow").with_dose(grow_to=goal)  # type: ignore[arg-type]
    sessions = []
    for n, (sets, reps, hold, full, pangs, before, after) in enumerate(times):
        dose = Dose(sets=sets, reps=reps, hold=hold)
        days = len(times) - n
        one = practice("grow", days, dose=dose, reps=None if full else 0, pangs=pangs)
        sessions.append(session(one, days=days, before=before, after=after))
    dose, _ = next_dose(spec, past(*sessions), NOW)
    sets, reps, hold, _, pangs, before, after = times[-1]
    if pangs or after > before or max(before, after) >= 4:
        assert size(dose)[0] <= sets * reps
        assert size(dose)[1] <= hold


@given(st.integers(0, 10), st.integers(0, 30), st.integers(0, 3))
def test_a_proposal_always_says_why(level: int, days: int, pangs: int) -> None:
    """Every exercise, and every one that is left out, has its line."""
    hurt = session(practice("tilt", days, pangs=pangs), practice("turn", days), days=days, before=level)
    proposal = propose(past(hurt), OFFERS, NOW)
    assert proposal.why
    assert all(item.why for item in proposal.items)
    assert all(why for _, why in proposal.left_out)
    assert bool(proposal.items) == (proposal.routine is not None)
