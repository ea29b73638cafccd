namespace Shop.Functions.Platform.Visitors;

/// <summary>To be answered with an answer so that SHA-256 of token, full stop and answer (UTF-8) begins with this many zero bits.</summary>
public sealed record Challenge(string Token, int Bits, DateTimeOffset ExpiresAt);
