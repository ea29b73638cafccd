using Shop.Functions.Orders;

namespace Shop.Functions.Payments.Stripe;

/// <summary>What helps against each refusal that Stripe documents: the codes of its API errors, and the decline codes of cards.</summary>
public static class StripeRefusals
{
    public static RemedyTable Errors { get; } = new(
        (Remedy.TryAgain, """
            lock_timeout idempotency_key_in_use rate_limit processing_error charge_already_refunded payment_intent_unexpected_state
            payment_intent_incompatible_payment_method payment_intent_action_required
            """),
        (Remedy.OtherCard, """
            card_declined expired_card incorrect_address incorrect_cvc incorrect_number incorrect_zip invalid_cvc invalid_expiry_month
            invalid_expiry_year invalid_number invalid_card_type insufficient_funds card_decline_rate_limit_exceeded authentication_required
            payment_intent_authentication_failure payment_intent_payment_attempt_failed payment_method_customer_decline
            payment_method_provider_decline payment_method_provider_timeout payment_method_invalid_parameter payment_method_not_available
            payment_method_unactivated bank_account_declined bank_account_restricted bank_account_unusable debit_not_authorized
            """),
        (Remedy.OtherPage, "resource_missing payment_intent_payment_attempt_expired idempotency_error"),
        (Remedy.Never, """
            amount_too_small amount_too_large invalid_charge_amount charge_exceeds_source_limit charge_exceeds_transaction_limit
            charge_exceeds_weekly_limit country_unsupported country_code_invalid payment_method_currency_mismatch
            """),
        (Remedy.Person, """
            account_closed account_invalid account_information_mismatch account_country_invalid_address api_key_expired
            platform_api_key_expired secret_key_required balance_insufficient charge_disputed charge_not_refundable
            charge_invalid_parameter refund_disputed_payment parameter_invalid_empty parameter_invalid_integer
            parameter_invalid_string_blank parameter_invalid_string_empty parameter_missing parameter_unknown parameters_exclusive
            property_value_error email_invalid url_invalid livemode_mismatch testmode_charges_only tls_version_unsupported
            not_allowed_on_standard_account feature_unavailable
            """));

    public static RemedyTable Declines { get; } = new(
        (Remedy.TryAgain, "approve_with_id issuer_not_available processing_error reenter_transaction try_again_later"),
        (Remedy.OtherCard, """
            authentication_required call_issuer card_not_supported card_velocity_exceeded currency_not_supported do_not_honor
            do_not_try_again expired_card fraudulent generic_decline incorrect_address incorrect_cvc incorrect_number incorrect_pin
            incorrect_zip insufficient_funds invalid_account invalid_cvc invalid_expiry_month invalid_expiry_year invalid_number invalid_pin
            lost_card merchant_blacklist mobile_device_authentication_required new_account_information_available no_action_taken
            not_permitted offline_pin_required online_or_offline_pin_required pickup_card pin_try_exceeded restricted_card
            revocation_of_all_authorizations revocation_of_authorization security_violation service_not_allowed stolen_card
            stop_payment_order test_mode_decline transaction_not_allowed withdrawal_count_limit_exceeded
            """),
        // One like it was made just before, or the shop asks for an amount that no card pays.
        (Remedy.Person, "duplicate_transaction invalid_amount"));

    /// <param name="declineCode">Says more than the code, where there is one.</param>
    public static Remedy RemedyOf(string? code, string? declineCode) => declineCode is null ? Errors.Of(code) : Declines.Of(declineCode);

    /// <summary>Whether what Stripe said is known here. It names no code for much that is wrong with a request, which needs a person as well.</summary>
    public static bool Knows(string? code, string? declineCode) => declineCode is null ? code is null || Errors.Knows(code) : Declines.Knows(declineCode);
}
