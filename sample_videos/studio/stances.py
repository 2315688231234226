"""All stances, by the names that motion files use."""

from __future__ import annotations

from collections.abc import Mapping

from studio.floor import AllFours
from studio.lying import OnRoller, Prone, Supine
from studio.placement import Stance
from studio.supports import ForearmSupport, HipsHigh, KneeSupport, SideSupport, Support
from studio.upright import Seated, Standing

STANCES: Mapping[str, type[Stance]] = {
    "standing": Standing,
    "seated": Seated,
    "all-fours": AllFours,
    "supine": Supine,
    "support": Support,
    "prone": Prone,
    "on-roller": OnRoller,
    "knee-support": KneeSupport,
    "forearm-support": ForearmSupport,
    "hips-high": HipsHigh,
    "side-support": SideSupport,
}
