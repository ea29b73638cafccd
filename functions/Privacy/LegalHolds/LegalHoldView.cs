using System.Text.Json.Serialization;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>A legal hold as staff see it.</summary>
/// <param name="AccountId">The account that is held with all its orders; absent where it is one order.</param>
/// <param name="Reason">One of <see cref="PlaceLegalHold.Reasons"/>.</param>
/// <param name="PlacedBy">The account id of the member of staff.</param>
public sealed record LegalHoldView(string? AccountId, string? OrderId, string Reason, string? Note, DateTimeOffset PlacedAt, string PlacedBy)
{
    public const string Route = "privacy/holds/{accountId}";
    public const string OrderRoute = "privacy/order-holds/{orderId}";

    public static JsonResult<LegalHoldView> Result(LegalHoldEntity hold)
    {
        var isOrder = hold.PartitionKey == LegalHoldEntity.OrderPartition;
        var view = new LegalHoldView(isOrder ? null : hold.RowKey, isOrder ? hold.RowKey : null, hold.Reason, hold.Note, hold.PlacedAt, hold.PlacedBy);
        return new(view, LegalHoldJson.Web.Type<LegalHoldView>());
    }
}

[JsonSerializable(typeof(PlaceLegalHold.Request))]
[JsonSerializable(typeof(PlaceOrderHold.Request), TypeInfoPropertyName = "OrderRequest")]
[JsonSerializable(typeof(LegalHoldView))]
internal sealed partial class LegalHoldJson : JsonSerializerContext
{
    public static LegalHoldJson Web { get; } = new(Json.Strict());
}
