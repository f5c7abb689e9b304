namespace Net.Tests.EndToEnd.Packaging;

/// <summary>The tests that need a fresh Debian; its files are made once.</summary>
[CollectionDefinition(Name)]
public sealed class DebianCollection : ICollectionFixture<DebianRoot>
{
    public const string Name = "Debian";
}
