namespace Shop.Local.SignIn;

/// <summary>What a code stands for until it is exchanged.</summary>
internal sealed record Grant(Person Person, string ClientId, string RedirectUri, string Scope, string? Nonce, string CodeChallenge);
