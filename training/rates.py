"""The learning rate over a stretch of training."""

import keras

LONGEST_WARM_UP = 300


def warmed_cosine(rate: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """Rise to ``rate`` over a tenth of the steps, 300 at most, then fall to zero as a cosine."""
    warm_up = min(LONGEST_WARM_UP, steps // 10)
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=rate / 20,
        decay_steps=max(1, steps - warm_up),
        warmup_target=rate,
        warmup_steps=max(1, warm_up),
    )
