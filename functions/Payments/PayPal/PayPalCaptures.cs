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

/// <summary>What is to be done about a capture that was refused.</summary>
public enum RefusedCapture
{
    /// <summary>It is not known here: the same as any other refusal.</summary>
    Unknown,

    /// <summary>The order is not as it was thought to be: it was captured already, or is being captured right now.</summary>
    ReconcileAgain,

    /// <summary>The customer may go back to the page and choose another way to pay.</summary>
    CustomerMustAct,

    /// <summary>No money will come of this order; another one is needed.</summary>
    Never,
}
