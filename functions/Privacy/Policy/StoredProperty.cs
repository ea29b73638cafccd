using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>A stored property and its class.</summary>
/// <param name="Name">For instance <c>Email</c>, <c>DeliveryAddress.postcode</c>, <c>Lines[].sku</c>, <c>State*</c>.</param>
public sealed record StoredProperty(string Name, DataClass Class);
