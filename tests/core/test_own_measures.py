"""Measures that a spec defines for itself."""

from __future__ import annotations

import math
from typing import Any

import pytest
from coaching import coached, exercise
from figures import STANDING, STANDING_SIDE_ON, Motion
from measuring import body_of

from poise.core.measures import Measure
from poise.core.measures.catalogue import own_measure
from poise.core.spec import OwnMeasure


def own(**block: Any) -> Measure:
    """A measure of a spec."""
    return own_measure("own", OwnMeasure.model_validate({"view": ["front", "side"], **block}))


def test_an_angle_is_the_bend_at_its_middle_landmark() -> None:
    """Hip, knee, ankle of a knee bent by 70 degrees: 70, and 0 on the side that is straight."""
    body = body_of(STANDING_SIDE_ON.but(left_knee_flexion=70))
    measure = own(angle=["hip", "knee", "ankle"])
    assert measure.value(body, "left") == pytest.approx(70)
    assert measure.value(body, "right") == pytest.approx(0, abs=1e-5)
    assert measure.unit == "degrees"


def test_an_incline_is_the_angle_against_the_vertical() -> None:
    """Hip to shoulder of somebody who leans by 25 degrees, whichever way."""
    for lean in (25, -25):
        straight_up = STANDING_SIDE_ON.but(trunk_pitch=lean)
        assert own(incline=["hip", "shoulder"]).value(body_of(straight_up), "right") == pytest.approx(25)


def test_a_distance_is_a_share_of_the_body() -> None:
    """Wrist to ear with the arms hanging: 0.2 torsos across and 1.534 up and down."""
    body, apart = body_of(STANDING), 100 * math.hypot(0.35 - 0.15, 1.1 + 0.434)
    per_torso = own(distance=["wrist", "ear"])
    per_shoulders = own(distance=["wrist", "ear"], per="shoulder_width")
    assert per_torso.value(body, "left") == pytest.approx(apart)
    assert per_torso.unit == "% of torso length"
    assert per_shoulders.value(body, "left") == pytest.approx(apart / 0.7)
    assert per_shoulders.unit == "% of shoulder width"


def test_landmarks_may_name_their_side_or_have_none() -> None:
    """Left wrist to right shoulder is the same whichever side works; the nose has no side; a foot has a long name."""
    body = body_of(STANDING)
    across = own(distance=["left_wrist", "right_shoulder"])
    assert across.value(body, "left") == across.value(body, "right") == pytest.approx(100 * math.hypot(0.7, 1.1))
    mirrored = own(distance=["right_wrist", "left_shoulder"])
    assert mirrored.value(body, "left") == pytest.approx(100 * math.hypot(0.7, 1.1))
    assert own(distance=["nose", "shoulder"]).value(body, "left") == pytest.approx(100 * math.hypot(0.35, 0.434))
    assert own(distance=["foot_index", "ankle"]).value(body, "left") == pytest.approx(0)


def test_it_is_missing_from_another_view_or_without_its_landmarks() -> None:
    """A measure for the side view says nothing from the front, and nothing about a hidden wrist."""
    assert math.isnan(own(angle=["hip", "knee", "ankle"], view="side").value(body_of(STANDING), "left"))
    assert math.isnan(own(distance=["wrist", "ear"]).value(body_of(STANDING.but(hidden=("wrist",))), "left"))


def test_a_spec_counts_by_its_own_measure() -> None:
    """Hands to the ears and back, by the distance of wrist and ear: one repetition with its peak."""
    spec = exercise(
        {"where": {"reach": {"above": 100}}},
        {"where": {"reach": {"below": 90}}},
        measures={"reach": {"distance": ["wrist", "ear"], "view": "front"}},
    )
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=180).stay(0.3).go(1, shoulder_abduction=0).stay(1)
    run = coached(motion, spec)
    assert run.counts == (1, 0, 0)
    assert run.session.repetitions[0].peak == {"reach": pytest.approx(69.5, abs=1)}
