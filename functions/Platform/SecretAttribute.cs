namespace Shop.Functions.Platform;

/// <summary>
/// A setting that nobody else may know. In Azure it stands in the vault, and until somebody has written it there the part that
/// needs it is off; <see cref="SettingValues"/> refuses one that is blank or the sample's.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
