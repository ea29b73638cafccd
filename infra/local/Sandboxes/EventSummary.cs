namespace Shop.Local.Sandboxes;

/// <summary>An event and how far its delivery has come. <c>ObjectId</c> is the id of what it is about.</summary>
public sealed record EventSummary(string Id, string Type, string ObjectId, DateTimeOffset Created, EventDelivery Delivery, int Attempts);
