namespace Shop.Local.SignIn;

/// <summary>A person as the sign-in page knows them.</summary>
internal sealed record Person(string Email, string Name, IReadOnlyList<string> Roles);
