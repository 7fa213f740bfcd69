"""Events to a published version: build, write, describe, compare."""

from bilaterals.release.build import BuildReport, Progress, build
from bilaterals.release.errors import BuildError

__all__ = ["BuildError", "BuildReport", "Progress", "build"]
