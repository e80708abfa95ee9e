"""Constraints: the language of the rules, its algebra (``algebra``), and the systems that the solver decides (``system``)."""
