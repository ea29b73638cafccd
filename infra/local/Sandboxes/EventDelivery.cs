namespace Shop.Local.Sandboxes;

/// <summary>Where an event stands on its way to the webhook.</summary>
public enum EventDelivery
{
    /// <summary>Not accepted yet; more attempts follow.</summary>
    Pending,

    /// <summary>Answered with a 2xx.</summary>
    Delivered,

    /// <summary>All attempts are used up.</summary>
    Failed,

    /// <summary>Never sent, because a fault said so; still in the list of events.</summary>
    Dropped,
}
