"""Constraints: the language of the rules, their exact rows (``rows``), their SymPy form (``algebra``), and the systems that
the solver decides (``system``)."""
