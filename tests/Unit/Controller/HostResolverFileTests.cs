namespace Net.Tests.Unit.Controller;

/// <summary>Containers' resolv.conf after the host's has changed.</summary>
public sealed class HostResolverFileTests
{
    [Fact]
    public async Task Files_made_from_the_hosts_follow_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("default");
        await test.RunAsync("named", "front");
        await test.RunAsync("alone", "none");
        await test.RunAsync("hosts", "host");
        test.WriteHostResolver("nameserver 192.0.2.99\nsearch example.net\n");

        await test.Controller.FollowHostResolverAsync(default);

        Assert.Contains("nameserver 192.0.2.99", test.EtcFile("default", "resolv.conf"), StringComparison.Ordinal);
        Assert.Contains("nameserver 192.0.2.99", test.EtcFile("alone", "resolv.conf"), StringComparison.Ordinal);
        string named = test.EtcFile("named", "resolv.conf");
        Assert.StartsWith("nameserver 127.0.0.11\n", named, StringComparison.Ordinal);
        Assert.Contains("search example.net", named, StringComparison.Ordinal);
        Assert.True((await test.Controller.DiffAsync(default)).IsEmpty);
    }
}
