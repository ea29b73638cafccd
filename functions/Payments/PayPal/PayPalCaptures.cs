namespace Shop.Functions.Payments.PayPal;

/// <summary>What it means when PayPal does not capture an approved order. Pure.</summary>
public static class PayPalCaptures
{
    /// <param name="issue">PayPal's own name for the reason (facts/payments.md §2.2).</param>
    public static RefusedCapture MeaningOf(string? issue) => issue switch
    {
        "ORDER_ALREADY_CAPTURED" or "ORDER_COMPLETION_IN_PROGRESS" or "ORDER_NOT_APPROVED" => RefusedCapture.ReconcileAgain,
        "INSTRUMENT_DECLINED" or "PAYER_ACTION_REQUIRED" => RefusedCapture.CustomerMustAct,
        "TRANSACTION_REFUSED" or "PAYER_CANNOT_PAY" or "PAYEE_BLOCKED_TRANSACTION" or "COMPLIANCE_VIOLATION" or "DUPLICATE_INVOICE_ID"
            or "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED" => RefusedCapture.Never,
        _ => RefusedCapture.Unknown,
    };
}
