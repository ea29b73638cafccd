using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>What was erased, what stays, and who was told of it.</summary>
public sealed record ErasureView(
    string Reference, DateTimeOffset At, ImmutableArray<string> Erased, ImmutableArray<ErasureView.Kept> Stays, ImmutableArray<ToldRecipient> Told, string SignIn)
{
    /// <param name="What">In words.</param>
    /// <param name="Rule">The rule of <c>GET /api/privacy/policy</c>.</param>
    public sealed record Kept(string OrderId, string Number, string What, string Why, string? Law, string Rule, DateOnly Until);

    public static JsonResult<ErasureAsked> Asked(string confirmation, DateTimeOffset before) => new(
        new(
            confirmation,
            before,
            "Nothing has been erased yet. Send this confirmation before the time is up, and your account, your addresses, your consents and everything that leads from your orders to you are erased at once and for good."),
        ErasureJson.Web.Type<ErasureAsked>(),
        StatusCodes.Status202Accepted);

    public static JsonResult<ErasureView> Done(Erasure erasure, RetentionPolicy policy) => new(
        new(
            erasure.Reference,
            erasure.ConfirmedAt,
            [
                "the account with name, company, e-mail address and telephone number",
                "the address book and the history of consents",
                "the list of orders, and from every order the delivery and the billing address, the purchase order number, what our staff noted and whose it was",
                "your e-mail address where it stood in our records of data breaches, and your name where it stood there in full: a name of a single word could be anybody's, and is not looked for",
            ],
            [.. erasure.Kept.Select(order => Of(order, policy))],
            erasure.Told,
            "Your sign-in is not held here but by the company's sign-in service (Microsoft Entra): ask the company to delete it there."),
        ErasureJson.Web.Type<ErasureView>());

    private static Kept Of(KeptOrder order, RetentionPolicy policy)
    {
        var rule = policy.Rules.First(rule => rule.Id == order.Rule);
        return order.Rule == RetentionRules.UnpaidOrder
            ? new(order.Id, order.Number, "the goods, prices and payment attempts of an order that is cancelled, and nothing of you", "so that a payment that still comes is sent back", rule.Law, rule.Id, order.Until)
            : new(order.Id, order.Number, "the goods, prices, VAT, country and payment references of the sale, and nothing of you", rule.Purpose, rule.Law, rule.Id, order.Until);
    }
}

[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(ErasureAsked))]
[JsonSerializable(typeof(ErasureView))]
internal sealed partial class ErasureJson : JsonSerializerContext
{
    public static ErasureJson Web { get; } = new(Json.Strict());
}
