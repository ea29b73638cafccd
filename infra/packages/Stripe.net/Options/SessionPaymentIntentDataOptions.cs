namespace Stripe.Checkout;

/// <summary>What is set on the PaymentIntent of the session; its metadata is apart from the session's own.</summary>
public class SessionPaymentIntentDataOptions : IHasMetadata, INestedOptions
{
    public long? ApplicationFeeAmount { get; set; }
    public string CaptureMethod { get; set; }
    public string Description { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string OnBehalfOf { get; set; }
    public string ReceiptEmail { get; set; }
    public string SetupFutureUsage { get; set; }
    public ChargeShippingOptions Shipping { get; set; }
    public string StatementDescriptor { get; set; }
    public string StatementDescriptorSuffix { get; set; }
    public SessionPaymentIntentDataTransferDataOptions TransferData { get; set; }
    public string TransferGroup { get; set; }
}

/// <summary>The connected account that receives the money.</summary>
public class SessionPaymentIntentDataTransferDataOptions : INestedOptions
{
    public long? Amount { get; set; }
    public string Destination { get; set; }
}
