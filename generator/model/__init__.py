"""What every package passes around: papers, dates, errors, settings, addresses."""
