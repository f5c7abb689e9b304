using Net.Cnm.Errors;
using Net.Daemon.Http;

namespace Net.Tests.Unit.Daemon;

/// <summary>The names of signals that <c>kill -s</c> and <c>stop -s</c> take.</summary>
public sealed class SignalNamesTests
{
    [Theory]
    [InlineData("", 9)]
    [InlineData("TERM", 15)]
    [InlineData("sigterm", 15)]
    [InlineData("15", 15)]
    [InlineData("CLD", 17)]
    [InlineData("SIGIOT", 6)]
    [InlineData("RTMIN", 34)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("RTMAX-14", 50)]
    [InlineData("rtmax", 64)]
    public void A_signal_has_the_number_that_Docker_gives_it(string text, int number) => Assert.Equal(number, SignalNames.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("SIG")]
    [InlineData("USR3")]
    [InlineData("RTMIN-1")]
    [InlineData("RTMIN+31")]
    [InlineData("RTMIN+")]
    [InlineData("RTMAX+1")]
    public void What_is_no_signal_is_refused(string text) =>
        Assert.Equal(CnmErrorKind.InvalidParameter, Assert.Throws<CnmException>(() => SignalNames.Parse(text)).Kind);
}
