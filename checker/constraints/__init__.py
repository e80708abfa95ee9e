"""Constraints: the language of the rules, its algebra, and the systems that the solver decides."""

from checker.constraints.system import Instance, System, bindings, build, interval

__all__ = ["Instance", "System", "bindings", "build", "interval"]
