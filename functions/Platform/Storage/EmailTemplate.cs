namespace Shop.Functions.Platform.Storage;

public enum EmailTemplate
{
    /// <summary>To the privacy officer: a breach is not reported, and the time for it runs out.</summary>
    BreachAlert = 1,
}
