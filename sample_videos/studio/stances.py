"""All stances, by the names that motion files use."""

from __future__ import annotations

from collections.abc import Mapping

from studio.floor import AllFours, Prone, Supine, Support
from studio.placement import Stance
from studio.upright import Seated, Standing

STANCES: Mapping[str, type[Stance]] = {
    "standing": Standing,
    "seated": Seated,
    "all-fours": AllFours,
    "supine": Supine,
    "support": Support,
    "prone": Prone,
}
