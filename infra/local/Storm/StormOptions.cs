namespace Shop.Local.Storm;

/// <summary>What is asked of a storm.</summary>
/// <param name="Kills">How often the shop is killed and started again on the way.</param>
public sealed record StormOptions(int Orders, int Seed, int Kills, int FirstPort, string Folder, string? SettingsFile);
