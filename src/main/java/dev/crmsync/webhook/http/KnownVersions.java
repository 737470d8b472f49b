package dev.crmsync.webhook.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Has requests of other versions than HTTP/1.0 and 1.1 answered with 400, as other malformed ones: Vert.x would answer them
 * with 501, which reads as a fault of this server, and in the version that they made up.
 */
@Sharable
final class KnownVersions extends ChannelInboundHandlerAdapter {

    private static final String CONNECTION = "handler";

    void watch(HttpConnection connection) {
        ((ConnectionBase) connection).channel().pipeline().addBefore(CONNECTION, null, this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !isKnown(request.protocolVersion())) {
            request.setDecoderResult(
                    DecoderResult.failure(new IllegalArgumentException("The version must be HTTP/1.0 or HTTP/1.1")));
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        context.fireChannelRead(message);
    }

    /** By identity, as Vert.x does: that of {@code http/1.1} is another, but equal. */
    private static boolean isKnown(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }
}
