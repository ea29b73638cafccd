using System.Text.Json.Serialization;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>A legal hold as staff see it.</summary>
/// <param name="Reason">One of <see cref="PlaceLegalHold.Reasons"/>.</param>
/// <param name="PlacedBy">The account id of the member of staff.</param>
public sealed record LegalHoldView(string AccountId, string Reason, string? Note, DateTimeOffset PlacedAt, string PlacedBy)
{
    public const string Route = "privacy/holds/{accountId}";

    public static JsonResult<LegalHoldView> Result(LegalHoldEntity hold) =>
        new(new(hold.RowKey, hold.Reason, hold.Note, hold.PlacedAt, hold.PlacedBy), LegalHoldJson.Web.Type<LegalHoldView>());
}

[JsonSerializable(typeof(PlaceLegalHold.Request))]
[JsonSerializable(typeof(LegalHoldView))]
internal sealed partial class LegalHoldJson : JsonSerializerContext
{
    public static LegalHoldJson Web { get; } = new(Json.Strict());
}
