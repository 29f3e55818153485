"""The parts of `tools.attack_canary`: the words, the ways in with their failures, and the places searched."""
