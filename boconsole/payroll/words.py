"""Words of pay for people."""

from boconsole.language import N_

KIND_TITLES = {
    "earning": N_("Earning"), "benefit": N_("In kind"), "employer": N_("Employer"),
    "deduction": N_("Deduction"), "tax": N_("Tax"), "working": N_("Step"),
}  # fmt: skip
