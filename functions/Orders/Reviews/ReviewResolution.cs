using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Orders.Reviews;

/// <summary>What a person decided about an order's concerns; a fact that comes later raises a concern of its own.</summary>
/// <param name="Reason">One of <see cref="ReviewReasons"/>.</param>
/// <param name="By">The account id of the member of staff; gone when the order is restricted.</param>
/// <param name="Concerns">What the decision is about, and nothing else.</param>
/// <param name="Note">What else they said. Reasons were once sentences, stored under this name: those are notes as well.</param>
public sealed record ReviewResolution(
    ReviewChoice Decision,
    [property: JsonPropertyName("code"), DataClass(DataClass.OrderFiscal, Name = "code")] string Reason,
    [property: DataClass(DataClass.Staff)] string? By,
    DateTimeOffset At,
    ImmutableArray<ReviewConcern> Concerns,
    [property: JsonPropertyName("reason"), DataClass(DataClass.Note, Name = "reason")] string? Note = null)
{
    /// <summary>Who decides.</summary>
    public static string Role { get; } = StaffRoles.NameOf(StaffRoles.Finance);

    /// <returns>As it is written now: see <see cref="ReviewConcern.Upgrade"/>; a sentence for a reason is a note.</returns>
    public ReviewResolution Upgrade() => this with { Reason = Reason ?? ReviewReasons.Other, Concerns = [.. Concerns.Select(concern => concern.Upgrade())] };

    /// <returns>The decision without anybody who can be told from others.</returns>
    public ReviewResolution Restricted() => this with { By = null, Note = null };

    public bool Covers(ReviewConcern concern) => Concerns.Contains(concern);
}
