DROP INDEX trial_value;
