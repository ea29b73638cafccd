namespace Shop.Functions.Platform.Storage;

public enum EmailTemplate
{
    /// <summary>To the privacy officer: of a breach nobody is told, and the time for it runs out.</summary>
    BreachAlert = 1,

    /// <summary>To the privacy officer: the policy is to be reviewed.</summary>
    PolicyReview = 2,

    /// <summary>To a person, or under 16 to a parent: whether a consent was meant.</summary>
    Consent = 3,

    /// <summary>To a customer: how an order of theirs stands.</summary>
    Order = 4,
}
