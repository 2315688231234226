"""What is remembered: sessions, answers and personal ranges, in one SQLite file in the user's data folder."""

from poise.io.store.erasing import Erasure, forget, matching_sessions, recordings_folder
from poise.io.store.exporting import TABLES, export_csv, export_json
from poise.io.store.opening import Store, open_store, store_path
from poise.io.store.reading import read_past
from poise.io.store.recorder import StoreRecorder
from poise.io.store.writing import Header, save_ranges

__all__ = [
    "TABLES",
    "Erasure",
    "Header",
    "Store",
    "StoreRecorder",
    "export_csv",
    "export_json",
    "forget",
    "matching_sessions",
    "open_store",
    "read_past",
    "recordings_folder",
    "save_ranges",
    "store_path",
]
