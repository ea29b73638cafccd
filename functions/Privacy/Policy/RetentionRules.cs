using System.Collections.Immutable;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Policy;

/// <summary>The rules in words: what the published policy says. The dates that follow from them are <see cref="RetentionPolicy"/>'s.</summary>
public static class RetentionRules
{
    public const string UnpaidOrder = "unpaid-order";
    public const string OrderDelivery = "order-delivery";
    public const string OrderFiscal = "order-fiscal";
    public const string OrderFiscalOss = "order-fiscal-oss";
    public const string OrderStaff = "order-staff";
    public const string OrderRestricted = "order-restricted";
    public const string Account = "account";
    public const string AccountConsent = "account-consent";
    public const string DeadLetter = "dead-letter";
    public const string PurgeReport = "purge-report";
    public const string ErasureRecord = "erasure-record";
    public const string Breach = "breach";
    public const string StaffAction = StaffActionEntity.Rule;
    public const string RateCount = RateCountEntity.Rule;

    private const string TaxLaw = "VAT Act 1994, Schedule 11, paragraph 6";
    private const string OneStopShop = "Implementing Regulation (EU) No 282/2011, Article 63c";
    private const string LastUsed = "the last day on which the account was opened, read, changed or used to order";

    private static readonly ImmutableArray<RetentionHold> Anything = [RetentionHold.OpenOrder, RetentionHold.OpenDispute, RetentionHold.LegalHold];

    /// <returns>True for the rules under which orders are scheduled.</returns>
    public static bool IsOfOrder(string rule) => rule is UnpaidOrder or OrderDelivery or OrderFiscal or OrderFiscalOss;

    public static ImmutableArray<RetentionRule> Of(RetentionPeriods periods) =>
        [.. OfOrders(periods), .. OfAccounts(periods), .. OfHousekeeping(periods)];

    private static ImmutableArray<RetentionRule> OfOrders(RetentionPeriods periods) =>
    [
        new(
            UnpaidOrder, Subject.Order,
            [
                DataClass.Identity, DataClass.Contact, DataClass.Delivery, DataClass.OrderFiscal, DataClass.PaymentReference, DataClass.Operational,
                DataClass.Note, DataClass.Staff,
            ],
            "no money was ever received for it",
            "to let the customer pay, and to answer questions about an order that came to nothing",
            LawfulBasis.Contract, null, "the order was placed", $"P{periods.UnpaidOrderDays}D", RetentionAction.Delete, Anything),
        new(
            OrderDelivery, Subject.Order, [DataClass.Delivery, DataClass.Contact], "it was paid",
            "to deliver the goods, to settle questions about the delivery, and to name the customer on invoices, which they are told to keep",
            LawfulBasis.Contract, null,
            "the last delivery; where not everything is known to be delivered, whatever happened last: a payment, a refund, a parcel, the end of the order",
            $"P{periods.DeliveryMonths}M", RetentionAction.Delete, Anything),
        new(
            OrderFiscal, Subject.Order, [DataClass.OrderFiscal, DataClass.PaymentReference, DataClass.Identity, DataClass.Operational], "it was paid",
            "to keep the records of a sale that tax law demands",
            LawfulBasis.LegalObligation, TaxLaw, $"the end ({periods.FinancialYearEnd}) of the financial year in which money last moved for it",
            $"P{periods.FiscalYears}Y", RetentionAction.Delete, Anything),
        new(
            OrderFiscalOss, Subject.Order, [DataClass.OrderFiscal, DataClass.PaymentReference, DataClass.Identity, DataClass.Operational],
            "it was paid, and its VAT is that of the member state of the European Union to which the goods went",
            "to keep the records of a sale under the one-stop shop",
            LawfulBasis.LegalObligation, OneStopShop, "the end of the calendar or financial year in which money last moved for it, whichever is later",
            $"P{periods.OssYears}Y", RetentionAction.Delete, Anything),
        new(
            OrderStaff, Subject.Order, [DataClass.Note, DataClass.Staff], "it was paid",
            "to know who of the staff decided about the order, and what they noted",
            LawfulBasis.LegitimateInterest, null, "the account was deleted, or the records of the sale go, whichever is first", null, RetentionAction.Delete, Anything),
        new(
            OrderRestricted, Subject.Order, [DataClass.Identity, DataClass.Contact, DataClass.Delivery, DataClass.Note, DataClass.Staff], "it was paid, and its account is gone",
            "nothing but the records that tax law demands is left of it",
            LawfulBasis.LegalObligation, TaxLaw, "the account was deleted", null, RetentionAction.Restrict, Anything),
    ];

    private static ImmutableArray<RetentionRule> OfAccounts(RetentionPeriods periods) =>
    [
        new(
            Account, Subject.Account, [DataClass.Identity, DataClass.Contact, DataClass.Delivery, DataClass.Operational, DataClass.Note, DataClass.Staff], null,
            "to let the customer order, pay and follow orders without typing everything again",
            LawfulBasis.Contract, null, LastUsed, $"P{periods.InactiveAccountMonths}M", RetentionAction.Delete, Anything),
        new(
            AccountConsent, Subject.Account, [DataClass.Consent], null,
            "to be able to show who agreed to what, and to heed who no longer does",
            LawfulBasis.LegalObligation, "GDPR, Article 7(1)", LastUsed, $"P{periods.InactiveAccountMonths}M", RetentionAction.Delete, Anything),
    ];

    private static ImmutableArray<RetentionRule> OfHousekeeping(RetentionPeriods periods) =>
    [
        new(
            "message", Subject.Message, [DataClass.Operational, DataClass.PaymentReference, DataClass.Identity], null,
            "to carry out what was asked for, also when a part was out of order at the time",
            LawfulBasis.Contract, null, "it is handled, or set aside as a dead letter", null, RetentionAction.Delete, []),
        new(
            DeadLetter, Subject.Message, [DataClass.Operational, DataClass.PaymentReference, DataClass.Identity], "nobody could handle it",
            "to find out why, and to send it back",
            LawfulBasis.LegitimateInterest, null, "it was set aside", $"P{periods.DeadLetterDays}D", RetentionAction.Delete, []),
        new(
            "diary", Subject.RetentionSchedule, [DataClass.Operational, DataClass.PaymentReference, DataClass.Identity], null, "to know when something is due",
            LawfulBasis.LegalObligation, "GDPR, Article 5(1)(e)", "what it points to is gone", null, RetentionAction.Delete, []),
        new(
            "reconciliation", Subject.Reconciliation, [DataClass.Operational, DataClass.PaymentReference], null,
            "to notice what a payment provider has told and the shop has not heard",
            LawfulBasis.Contract, null, "later events have taken its place", null, RetentionAction.Delete, []),
        new(
            PurgeReport, Subject.PurgeReport, [DataClass.Operational], null, "to show that the policy is kept",
            LawfulBasis.LegalObligation, "GDPR, Article 5(2)", "the purge ended", $"P{periods.PurgeReportYears}Y", RetentionAction.Delete, []),
        new(
            "log", null, [], "logs, traces and metrics, which hold ids and nothing else about people",
            "to find out what went wrong, and who saw what",
            LawfulBasis.LegitimateInterest, null, "it was written", "P30D", RetentionAction.Delete, []),
        new(
            ErasureRecord, Subject.Erasure, [DataClass.Operational, DataClass.Staff], null, "to show that an erasure was carried out, and which orders stay after it",
            LawfulBasis.LegalObligation, "GDPR, Article 5(2)", "the erasure was confirmed", $"P{periods.PurgeReportYears}Y", RetentionAction.Delete, []),
        new(
            "legal-hold", Subject.LegalHold, [DataClass.Operational, DataClass.Identity, DataClass.Note, DataClass.Staff], null, "to keep what a court or an authority may ask for",
            LawfulBasis.LegitimateInterest, null, "it is lifted", null, RetentionAction.Delete, []),
        new(
            Breach, Subject.Breach, [DataClass.Operational, DataClass.Identity, DataClass.Note, DataClass.Staff], null,
            "to show the authority what happened, whom it concerned and what was done",
            LawfulBasis.LegalObligation, "GDPR, Article 33(5)", "the breach was closed", $"P{periods.BreachYears}Y", RetentionAction.Delete, []),
        new(
            StaffAction, Subject.StaffAction, [DataClass.Operational, DataClass.Staff], null, "to tell who of the staff saw or did what, and whether they should have",
            LawfulBasis.LegalObligation, "GDPR, Articles 5(2) and 32", "the day on which it was done", $"P{periods.StaffActionMonths}M", RetentionAction.Delete, []),
        new(
            RateCount, Subject.RateCount, [DataClass.Operational, DataClass.Identity],
            "somebody asks for something so often that a count is kept of it: as a keyed hash of their account, network address, mailbox or the link from a mail, by which nobody is found",
            "to keep one person or program from taking the shop away from everybody else",
            LawfulBasis.LegitimateInterest, null, "the day on which it was counted", $"P{RetentionPeriods.RateCountDays}D", RetentionAction.Delete, []),
        new(
            "not-personal", null, [DataClass.None], null, "to run the shop",
            LawfulBasis.NotPersonal, null, "it is no longer of use", null, RetentionAction.Keep, []),
    ];
}
