namespace Shop.Local.Storm;

/// <summary>The words that each sandbox's pages and control API use.</summary>
public static class Tenders
{
    public static IReadOnlyList<Tender> All { get; } = Enum.GetValues<Tender>();

    /// <summary>As the shop's API writes it.</summary>
    public static string Name(this Tender tender) => tender.ToString().ToLowerInvariant();

    public static Tender Other(this Tender tender) => tender == Tender.Stripe ? Tender.PayPal : Tender.Stripe;

    /// <summary>The form field of the payment page.</summary>
    public static (string Name, string Value) Field(this Tender tender, PageChoice choice) => tender switch
    {
        Tender.Stripe => ("outcome", choice switch { PageChoice.Pay => "pay", PageChoice.PayLater => "pay-later", PageChoice.PayInVain => "decline", _ => "back" }),
        _ => ("choice", choice switch { PageChoice.Pay => "approve", PageChoice.PayLater => "approve-echeck", PageChoice.PayInVain => "approve-declined", _ => "cancel" }),
    };

    /// <summary>What PayPal refuses, so that another card, another page or another provider helps; a card that Stripe's page declines the shop never hears of.</summary>
    private static readonly string[] Refusals =
        ["INSTRUMENT_DECLINED", "PAYER_ACCOUNT_RESTRICTED", "COMPLIANCE_VIOLATION", "CARD_EXPIRED", "PAYMENT_DENIED", "TRANSACTION_LIMIT_EXCEEDED", "PAYER_ACCOUNT_LOCKED_OR_CLOSED"];

    /// <summary>The form field of PayPal's page that says why it declines; in turn each of what it says.</summary>
    public static (string Name, string Value) RefusalOf(int order) => ("code", Refusals[order % Refusals.Length]);

    /// <summary>Where the provider is asked for a refund, and how it says that there is too little of the shop's money for it.</summary>
    public static (string Path, string Code) RefusedRefund(this Tender tender) =>
        tender == Tender.Stripe ? ("/v1/refunds", "balance_insufficient") : ("/v2/payments/captures/*/refund", "REFUND_FAILED_INSUFFICIENT_FUNDS");

    /// <summary>What the provider tells of a payment after it was made.</summary>
    public static IReadOnlyList<string> EventsAfterPayment(this Tender tender) => tender == Tender.Stripe
        ? ["refund.created", "refund.updated", "refund.failed", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"]
        :
        [
            "PAYMENT.CAPTURE.REFUNDED", "PAYMENT.CAPTURE.REVERSED", "PAYMENT.REFUND.PENDING", "PAYMENT.REFUND.FAILED",
            "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED",
        ];

    /// <summary>The form field that makes a dispute an inquiry.</summary>
    public static (string Name, string Value) Inquiry(this Tender tender) => tender == Tender.Stripe ? ("kind", "inquiry") : ("inquiry", "true");

    /// <summary>Our order's id in a line of the sandbox's books.</summary>
    public static string OrderMember(this Tender tender) => tender == Tender.Stripe ? "clientReferenceId" : "customId";

    /// <summary>The payment's id in a line of the sandbox's books.</summary>
    public static string PaymentMember(this Tender tender) => tender == Tender.Stripe ? "paymentIntentId" : "captureId";
}
