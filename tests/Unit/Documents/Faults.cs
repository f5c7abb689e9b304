namespace Net.Tests.Unit.Documents;

/// <summary>What is wrong in a page, a line each: where it is, and what.</summary>
internal static class Faults
{
    /// <summary>Fails with all of them, unshortened.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        string text = string.Join('\n', faults);
        Assert.True(text.Length == 0, text);
    }
}
