"""What the verifying process does when it begins. Only the standard library: the process loads neither Django nor a model."""

import multiprocessing
import os
import threading


def begin(niceness: int) -> None:
    """Let reading come first, and end with the web process, however that ends."""
    os.nice(niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    os._exit(0)
