namespace Net.Controller.Models;

/// <summary>From one snapshot to the next, and which objects differ.</summary>
/// <param name="Before">How it was.</param>
/// <param name="After">How it is to be.</param>
public sealed record ModelChange(ModelSnapshot Before, ModelSnapshot After);
