using System.Net;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Rfc2181;

public sealed class Section10_2_PointerSets
{
    [Fact]
    public void An_address_has_as_many_pointers_as_it_has_names()
    {
        var address = IPAddress.Parse("192.0.2.7");
        var names = new NameTable([], Enumerable.Range(0, 9).Select(i => (address, DnsName.Parse($"n{i}.net1"))));
        DnsMessage answer = ResponderUnderTest.Respond(Queries.Of("7.2.0.192.in-addr.arpa", DnsRecordType.Pointer), names: names)!;
        Assert.Equal(
            Enumerable.Range(0, 9).Select(static i => $"n{i}.net1"),
            answer.Answers.Select(static record => ((NameData)record.Data).Name.ToString()));
    }
}
