"""What stops a build. The last published version is never touched."""

from __future__ import annotations


class BuildError(Exception):
    """A build that cannot go on; the message says why and what to do."""
