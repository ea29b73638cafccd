namespace Shop.Functions.Privacy.Erasures;

/// <summary>Asked for, and to be confirmed.</summary>
/// <param name="Confirmation">Send it in a second request.</param>
public sealed record ErasureAsked(string Confirmation, DateTimeOffset ConfirmBefore, string Message);
