namespace Shop.Local.Sandboxes;

/// <summary>An event as it goes out: the body's text, and the provider's own headers.</summary>
internal sealed record SignedWebhook(string Body, IReadOnlyDictionary<string, string> Headers);
