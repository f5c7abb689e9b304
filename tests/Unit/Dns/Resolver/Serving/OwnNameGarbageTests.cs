using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver.Serving;

/// <summary>An answer of our own, from the socket back to the socket, leaves nothing for the garbage collector.</summary>
public sealed class OwnNameGarbageTests
{
    private const int Queries10k = 10_000;

    [Theory]
    [InlineData("web", DnsRecordType.A, false)]
    [InlineData("web", DnsRecordType.A, true)]
    [InlineData("web", DnsRecordType.Aaaa, false)]
    [InlineData("web", DnsRecordType.Text, true)]
    [InlineData("many", DnsRecordType.A, true)]
    [InlineData("7.2.0.192.in-addr.arpa", DnsRecordType.Pointer, true)]
    [InlineData("no.example.org", DnsRecordType.A, true)]
    public async Task Ten_thousand_queries_over_udp_allocate_nothing_in_the_serving_thread(string name, DnsRecordType type, bool edns)
    {
        var names = new Witness(Names.Table);
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden, names: names);
        using Socket socket = server.Udp();
        socket.ReceiveTimeout = 20_000;
        byte[] query = Queries.Of(name, type, edns: edns ? new Edns(1232, Options: new byte[] { 0, 10, 0, 0 }) : null);
        byte[] room = new byte[4096];
        Ask(1000); // compiled, and what is made once
        Assert.InRange(Garbage.Of(() => Ask(Queries10k), () => names.AllocatedInTheServingThread), 0, Queries10k / 10);

        void Ask(int count)
        {
            for (int i = 0; i < count; i++)
            {
                socket.Send(query);
                socket.Receive(room);
            }
        }
    }

    /// <summary>Is asked in the serving thread, and looks what that has allocated so far.</summary>
    private sealed class Witness(NameTable names) : INameSource
    {
        private long _allocated;

        internal long AllocatedInTheServingThread => Volatile.Read(ref _allocated);

        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses)
        {
            Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
            return names.Lookup(name, family, addresses);
        }

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> pointers)
        {
            Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
            return names.TryLookupPointer(reverseName, pointers);
        }
    }
}
