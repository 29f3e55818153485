"""Understanding: a codebook, a pure pipeline that tags statements with evidence, and the gate every figure passes.

Only this package publishes a figure; unreviewed words leave nothing here but a theme, a valence and a score.
"""
