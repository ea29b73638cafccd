namespace Shop.Functions.Platform;

/// <summary>An amount of money in minor units (pence, cents, yen) with its ISO 4217 code.</summary>
/// <param name="Amount">Minor units: 12345 GBP is £123.45, 12345 JPY is ¥12,345.</param>
/// <param name="Currency">Upper-case ISO 4217 code.</param>
public readonly record struct Money(long Amount, string Currency);
