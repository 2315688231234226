"""The workers of a Dask cluster that is already there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from poise.errors import WorkerError

_ADDRESS = re.compile(r"(\w+://)?[^/]+:\d+/?|inproc://.+")
_CONNECT_S = 10
_INSTALL = 'pip install "poise[dask]"'


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The cluster as an executor. What a worker was at when it died is done again by another one.

    Args:
        address: Of the scheduler, such as ``tcp://scheduler:8786``.

    Raises:
        WorkerError: Dask is not installed, nobody answers there, or there is no worker.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise WorkerError("a Dask cluster needs Dask, which is not installed", _INSTALL) from error
    if not _ADDRESS.fullmatch(address):  # a client that cannot make sense of it hangs for long as it ends
        raise WorkerError(f"{address} is no address of a Dask scheduler", "name one such as tcp://scheduler:8786")
    try:
        client: Any = Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler answers at {address}"
        raise WorkerError(message, "start one with `dask scheduler`, and give the address that it prints") from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise WorkerError(f"the Dask scheduler at {address} has no worker", f"start one: dask worker {address}")
        # Not pure: a call with equal arguments is no reason to skip it, files may have changed.
        yield client.get_executor(pure=False)
